"""gbtool: 知识产权贯标辅导工具 (documents, ledger, audit and readiness for GB/T 29490)."""

__version__ = "0.1.0"
