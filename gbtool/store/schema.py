"""What the first steps of the migrations make of an empty ledger, as statements: a new file needs no library for it."""

STEPS = 4  # of the migrations, whose result this is

SCHEMA = (
    """CREATE TABLE "entries" (
   "position" INTEGER PRIMARY KEY,
   "kind" TEXT NOT NULL,
   "id" TEXT NOT NULL,
   "date" TEXT NOT NULL,
   "entered" TEXT NOT NULL,
   "form" TEXT NOT NULL,
   "data" TEXT NOT NULL,
   "file" TEXT NOT NULL,
   "line" INTEGER,
   "item" TEXT
)""",
    """CREATE UNIQUE INDEX "idx_entries_kind_id"
    ON "entries" ("kind", "id")""",
    """CREATE TABLE "documents" (
   "position" INTEGER PRIMARY KEY,
   "id" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "number" TEXT NOT NULL,
   "title" TEXT NOT NULL,
   "version" TEXT NOT NULL,
   "path" TEXT NOT NULL,
   "sha256" TEXT NOT NULL,
   "content" TEXT NOT NULL,
   "edition" TEXT NOT NULL,
   "compiled_by" TEXT NOT NULL,
   "compiled" TEXT NOT NULL,
   "reviewed_by" TEXT NOT NULL,
   "reviewed" TEXT NOT NULL,
   "approved_by" TEXT NOT NULL,
   "approved" TEXT NOT NULL,
   "issued" TEXT NOT NULL,
   "effective" TEXT NOT NULL,
   "withdrawn" TEXT NOT NULL,
   "issued_content" TEXT NOT NULL
)""",
    """CREATE UNIQUE INDEX "idx_documents_id"
    ON "documents" ("id")""",
    """CREATE TABLE "history" (
   "seq" INTEGER PRIMARY KEY,
   "happened" TEXT NOT NULL,
   "entered" TEXT NOT NULL,
   "who" TEXT NOT NULL,
   "what" TEXT NOT NULL,
   "subject" TEXT NOT NULL,
   "payload" TEXT NOT NULL,
   "payload_hash" TEXT NOT NULL,
   "previous" TEXT NOT NULL,
   "hash" TEXT NOT NULL
)""",
    """CREATE INDEX "idx_history_subject"
    ON "history" ("subject")""",
    """CREATE TRIGGER history_no_UPDATE BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_no_DELETE BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TABLE "pristine" (
   "id" TEXT PRIMARY KEY,
   "sha256" TEXT NOT NULL,
   "data" BLOB NOT NULL,
   "disputes" TEXT NOT NULL,
   "beside" TEXT NOT NULL,
   "beside_sha256" TEXT NOT NULL
)""",
    """CREATE TABLE "links" (
   "document" TEXT PRIMARY KEY NOT NULL,
   "prints" TEXT NOT NULL,
   "by" TEXT NOT NULL,
   "day" TEXT NOT NULL
)""",
    """CREATE INDEX "idx_entries_kind_form_date_id"
    ON "entries" ("kind", "form", "date", "id")""",
)
