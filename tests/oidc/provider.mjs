// A real provider of OpenID Connect on loopback, for tests. `node provider.mjs PORT REDIRECT_URI` prints "ready".
// Whoever signs in says who they are: the form of an organisation's own sign-in, without its password.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const people = new Map();

const provider = new Provider(issuer, {
  clients: [{ client_id: "casework", client_secret: "only-for-tests", redirect_uris: [redirect] }],
  claims: { openid: ["sub", "acr", "amr"], email: ["email", "email_verified"], profile: ["name"] },
  acrValues: ["gold"],
  conformIdTokenClaims: false, // a token may hold an address too
  cookies: { keys: ["only-for-tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({ accountId: id, claims: (use) => ({ sub: id, ...people.get(id)[use] }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

const FORM = `<!doctype html><html lang="en"><title>Example Force</title><h1>Example Force</h1><form method="post">
<label>Subject <input name="subject"></label> <label>Email <input name="email"></label>
<label>Address in the token <input name="signed"></label>
<label><input type="checkbox" name="unverified"> Unverified</label>
<label><input type="checkbox" name="mfa"> Second factor</label>
<label><input type="checkbox" name="gold"> Gold</label>
<label><input type="checkbox" name="refuse"> Refuse</label> <button>Go on</button></form></html>`;

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) return next();
  if (ctx.method === "GET") {
    ctx.type = "html";
    ctx.body = FORM;
    return undefined;
  }
  let body = "";
  for await (const chunk of ctx.req) body += chunk;
  const typed = new URLSearchParams(body);
  const id = typed.get("subject");
  const beside = { email: typed.get("email"), email_verified: !typed.has("unverified"), name: "Somebody" };
  const signed = typed.get("signed") ? { email: typed.get("signed"), email_verified: true } : {};
  people.set(id, { userinfo: beside, id_token: signed });
  const login = { accountId: id, amr: typed.has("mfa") ? ["pwd", "mfa"] : ["pwd"] };
  if (typed.has("gold")) login.acr = "gold";
  const result = typed.has("refuse") ? { error: "access_denied" } : { login };
  ctx.respond = false;
  return provider.interactionFinished(ctx.req, ctx.res, result);
});

provider.listen(Number(port), "localhost", () => process.stdout.write("ready\n"));
