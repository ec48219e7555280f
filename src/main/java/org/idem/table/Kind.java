package org.idem.table;

/** What the cells of a column are. An empty cell is none of them and may stand in every column. */
public enum Kind {
    /** Any text. */
    TEXT("text"),
    /** Whole numbers of 64 bits. */
    WHOLE("whole numbers of 64 bits"),
    /** Real numbers of 64 bits. */
    REAL("real numbers");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** Whether a cell is of this kind; numbers may be their words. */
    boolean holds(Object cell) {
        String word = cell.toString();
        if (this == TEXT || word.isEmpty()) {
            return true;
        }
        try {
            if (this == WHOLE) {
                Long.parseLong(word);
            } else {
                Double.parseDouble(word);
            }
            return true;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
