package org.idem.report.drawing;

/** One thing that is drawn. */
public sealed interface Mark {
    /**
     * A line through points.
     *
     * @param x places across, not changed afterwards
     * @param y as many places down
     * @param color its colour
     * @param width of the line
     * @param dash lengths of dashes and gaps as SVG writes them, empty for an unbroken line
     */
    record Line(double[] x, double[] y, String color, double width, String dash) implements Mark {}

    /**
     * A rectangle.
     *
     * @param x left end
     * @param y upper end
     * @param width at least 0
     * @param height at least 0
     * @param fill colour inside, empty for none
     * @param edge colour of its edge, empty for none
     * @param tip what a pointer over it shows, may be empty
     */
    record Box(double x, double y, double width, double height, String fill, String edge, String tip) implements Mark {}

    /**
     * A point.
     *
     * @param x of its middle
     * @param y of its middle
     * @param radius of a circle, half the diagonal of a diamond, or half the side of a square
     * @param sign which of these it is
     * @param color its colour
     * @param tip what a pointer over it shows, may be empty
     */
    record Dot(double x, double y, double radius, Sign sign, String color, String tip) implements Mark {}

    /** What a point looks like. */
    enum Sign {
        /** A filled circle. */
        DISC,
        /** A hollow square that stands on a corner. */
        DIAMOND,
        /** A hollow square. */
        SQUARE
    }

    /**
     * A line of text.
     *
     * @param x where it begins, has its middle, or ends
     * @param y of its base line
     * @param text the words
     * @param size of letters
     * @param anchor which part of the text lies at x
     * @param color its colour
     * @param bold whether letters are bold
     * @param upwards whether it is turned to run upwards
     */
    record Text(
            double x, double y, String text, double size, Anchor anchor, String color, boolean bold, boolean upwards)
            implements Mark {
        /** Largest width of a letter on average, relative to its size, among common fonts without serifs. */
        private static final double LETTER = 0.56;

        private static final double BOLD_LETTER = 0.62;

        /**
         * How long the text is, estimated without a font.
         *
         * @return length in pixels
         */
        public double length() {
            return length(text, size, bold);
        }

        /**
         * How long a text is, estimated without a font.
         *
         * @param text the words
         * @param size of letters
         * @param bold whether letters are bold
         * @return length in pixels
         */
        public static double length(String text, double size, boolean bold) {
            return text.length() * size * (bold ? BOLD_LETTER : LETTER);
        }
    }

    /** Which part of a text lies at its place. */
    enum Anchor {
        /** The first letter. */
        START,
        /** The middle. */
        MIDDLE,
        /** The last letter. */
        END
    }

    /**
     * An image of few pixels, enlarged without smoothing.
     *
     * @param x left end
     * @param y upper end
     * @param width of the drawing that it fills
     * @param height of the drawing that it fills
     * @param columns number of its pixels across
     * @param rgb its pixels, row by row, not changed afterwards
     * @param tip what a pointer over it shows, may be empty
     */
    record Pixels(double x, double y, double width, double height, int columns, int[] rgb, String tip)
            implements Mark {}
}
