"""Static files under names with their digest, the imports between our scripts included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """A script's imports are rewritten to the names with digests, as addresses in style sheets are."""

    support_js_module_import_aggregation = True
