"""Pages of the documents room for officers. Documents themselves are handed out by the rooms that they belong to."""

from django.urls import path

from documents.views import exports

app_name = "documents"

urlpatterns = [
    path("casework/exports/", exports.exports, name="exports"),
    path("casework/exports/new/<slug:kind>/", exports.new_export, name="new-export"),
    path("casework/exports/<uuid:export_id>/", exports.export, name="export"),
    path("casework/exports/<uuid:export_id>/delete/", exports.delete_export, name="delete-export"),
    path("casework/exports/<uuid:export_id>/file/", exports.export_file, name="export-file"),
]
