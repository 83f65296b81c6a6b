"""Files of drafts and of referrals, the queue of those to be scanned, and lists taken out as files."""

from documents.models.document import Document
from documents.models.export import Export, ExportPiece
from documents.models.scan import Scan
from documents.models.stored_file import StoredFile
from documents.models.upload import Upload

__all__ = ["Document", "Export", "ExportPiece", "Scan", "StoredFile", "Upload"]
