"""公报问答: questions about Chinese news bulletins, answered with the exact source sentence."""
