"""Static files under names with their digest, the imports between our scripts included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """A script's `import ... from "./other.js"` is rewritten to the digest name, as addresses in style sheets are."""

    support_js_module_import_aggregation = True
