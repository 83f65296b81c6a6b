// Starts the official scripts. Every page works without this file.
import { initAll } from "./govuk-frontend.min.js";
import { initAll as initMoj } from "./moj-frontend.min.js";
import { enhanceSelects } from "./autocomplete.js";
import { enhanceDocuments } from "./documents.js";
import { enhancePasskeys } from "./passkeys.js";

initAll();
initMoj();
enhanceSelects();
enhanceDocuments();
enhancePasskeys();
