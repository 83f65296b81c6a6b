"""Files of drafts and of referrals, and the queue of those to be scanned."""

from documents.models.document import Document
from documents.models.scan import Scan
from documents.models.stored_file import StoredFile
from documents.models.upload import Upload

__all__ = ["Document", "Scan", "StoredFile", "Upload"]
