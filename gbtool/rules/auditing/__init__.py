"""The internal audit before it begins: who audits what when, what every clause and function gets, what is sampled."""
