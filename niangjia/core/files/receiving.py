"""Uploads on their way in (setting FILE_UPLOAD_HANDLERS)."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from niangjia.core.files.examining import LIMITS


class Receiver(FileUploadHandler):
    """Keeps each file in memory and none on a disk, where evidence would lie unsealed.

    Of a file that is too large nothing is kept but its size: `examine` then says so beside the
    field, and the rest of the form is read as usual.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.sent = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.sent += len(raw_data)
        if self.sent <= LIMITS.size:
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=self.sent,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
