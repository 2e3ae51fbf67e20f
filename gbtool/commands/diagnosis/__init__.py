"""The diagnosis: questions answered and scored, baseline figures taken, workbook, report; one file a step."""
