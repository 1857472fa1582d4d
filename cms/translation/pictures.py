"""Translating a page whose picture has been deleted from the library since.

wagtail-localize 1.14 sets the translated alt text on the picture without asking whether there is
one, and the page could neither be translated nor imported again. Delete this once
``StreamFieldSegmentsWriter.handle_image_block`` accepts None.
"""

from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

upstream = StreamFieldSegmentsWriter.handle_image_block


def handle_image_block(self, block, image, segments):
    if image is None:
        segments = [one for one in segments if one.path.split(".")[0] == "image"]
    return upstream(self, block, image, segments) if segments else image


def pass_over_missing_pictures() -> None:
    StreamFieldSegmentsWriter.handle_image_block = handle_image_block
