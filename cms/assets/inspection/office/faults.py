class Fault(Exception):
    """Why a document is refused: a code (see ``cms.assets.validation.archives``) and what it is."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, " ".join(detail.split())[:80]

    def answer(self) -> dict:
        return {"fault": self.code, "detail": self.detail}
