"""The questionnaire as a workbook: out to the client with what is open, back with every problem named by its cell."""
