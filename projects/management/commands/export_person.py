import json
import shutil
import tempfile
import zipfile
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils import timezone

from cms.users.models import Subject, tell_all

from ...personal_data import one_person, subject_of


class Command(BaseCommand):
    help = (
        "Write what the site holds of a person (GDPR, Article 15): person.json and the files, into "
        "a folder or, if the name ends in .zip, a ZIP file. forget_person deletes it."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("who", help="e-mail, whole name, or key")
        parser.add_argument(
            "--out", type=Path, required=True, help="an empty or new folder, or a new .zip file"
        )

    def handle(self, *, who, out, **options) -> None:
        group = one_person(who, others=True)
        named = Q(email__iexact=who.strip()) | Q(username__iexact=who.strip())
        users = get_user_model().objects.filter(named) if who.strip() else ()
        emails = [each for user in users for each in (user.email, user.get_username()) if each]
        if not group and not emails:
            raise CommandError(f"Nobody has the e-mail, name or key “{who}”, nor an account.")
        subject = subject_of(group, *emails)
        told = {"asked": who, "written": timezone.now(), **tell_all(subject)}
        try:
            missing = self.write(out, told, subject)
        except OSError as error:
            raise CommandError(f"{out} can't be written: {error.strerror or error}.") from error
        for name in missing:
            self.stderr.write(f"{name} is missing from the storage.")
        self.stdout.write(f"{out}: what the site holds of {group[0] if group else who}.")

    def write(self, out: Path, told: dict, subject: Subject) -> list[str]:
        """Write it all, or nothing; the names of files that the storage does not have."""
        packed = out.suffix.lower() == ".zip"
        if out.is_file() or (out.is_dir() and (packed or any(out.iterdir()))):
            raise CommandError(f"{out} is there already: give the name of something new.")
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
            folder, missing = Path(scratch, "person"), []
            (folder / "files").mkdir(parents=True)
            for name, stored in subject.files.items():
                try:
                    with stored.storage.open(stored.name) as file:
                        (folder / name).write_bytes(file.read())
                except FileNotFoundError:
                    missing.append(stored.name)
            text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            (folder / "person.json").write_text(text + "\n", encoding="utf-8", errors="replace")
            if packed:
                with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED) as archive:
                    for path in sorted(folder.rglob("*")):
                        archive.write(path, path.relative_to(folder))
            else:
                shutil.copytree(folder, out, dirs_exist_ok=True)
        return missing
