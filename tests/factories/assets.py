import io

import factory
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model


def png(width: int = 64, height: int = 48, colour: str = "teal", form: str = "png") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG" if form == "jpg" else "PNG")
    return buffer.getvalue()


def svg(width: int = 120, height: int = 40, text: str = "Logo") -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><text x="4" y="24">{text}</text></svg>'
    ).encode()


class ImageFactory(factory.django.DjangoModelFactory):
    """``ImageFactory(content=svg(), filename="logo.svg", width=120, height=40)`` for a logo."""

    class Meta:
        model = get_image_model()
        exclude = ["content", "filename"]

    filename = "picture.png"
    content = factory.LazyFunction(png)
    title = factory.Sequence("Picture {}".format)
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name=o.filename))


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_document_model()
        exclude = ["content", "filename"]

    filename = "guide.txt"
    content = b"A guide."
    title = factory.Sequence("Document {}".format)
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name=o.filename))
