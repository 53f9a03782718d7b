"""Operations of this room."""
