"""gbtool profile export and import: the questionnaire as a workbook."""
