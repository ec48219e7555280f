package org.idem.laboratory.plan;

/** Refuses points whose networks or images no memory holds, before anything of them is made. */
final class Limits {
    /** Test images that pass a network at once, and about as many as are drawn. */
    private static final int TESTS = 32;
    /** Every image is kept as it is, as the network sees it, and as it is asked for. */
    private static final int OF_AN_IMAGE = 3 * Double.BYTES;

    private Limits() {}

    /**
     * Checks the images of a point.
     *
     * @param point whatever its size says
     * @param channels of every image
     * @param height of every image
     * @param width of every image
     * @param most bytes of memory
     */
    static void checkImages(Point point, int channels, int height, int width, long most) {
        double images = TESTS + (double) point.get(StudyAxes.EXAMPLES);
        double bytes = OF_AN_IMAGE * images * channels * height * width;
        if (bytes > most) {
            throw new IllegalArgumentException("--size and --examples must make images that fit into the "
                    + mebibytes((double) most) + " MiB of memory, got " + point.get(StudyAxes.EXAMPLES) + " of "
                    + channels
                    + " × " + height + " × " + width + ", which need about " + mebibytes(bytes)
                    + " MiB with the test images; smaller or fewer ones do, or IDEM_JAVA_OPTS=-Xmx8g, for instance");
        }
    }

    /**
     * Checks the network of a point.
     *
     * @param point with its size
     * @param extent of its network
     * @param sites pixels of an image, 1 for a fully connected network
     */
    static void checkNetwork(Point point, Extent extent, double sites) {
        String axes = point.convolutional() ? "--channels and --kernel" : "--width and --size";
        if (extent.largestWeights() > Extent.MOST_OF_AN_ARRAY) {
            throw new IllegalArgumentException(axes + " must make layers of at most " + Extent.MOST_OF_AN_ARRAY
                    + " weights, got " + (long) extent.largestWeights() + " by " + words(point)
                    + "; smaller values do");
        }
        double examples = Math.max(TESTS, point.get(StudyAxes.EXAMPLES));
        if (extent.largestSignal(sites * examples) > Extent.MOST_OF_AN_ARRAY) {
            throw new IllegalArgumentException((point.convolutional() ? "--channels, --size" : "--width, --size")
                    + " and --examples must make layers of at most " + Extent.MOST_OF_AN_ARRAY
                    + " numbers for all examples, got " + (long) extent.largestSignal(sites * examples) + " by "
                    + words(point) + " and " + (int) examples + " images at once; smaller values do");
        }
    }

    /** The words of a point that make its network large. */
    static String words(Point point) {
        StringBuilder words = new StringBuilder();
        for (StudyAxis<?> axis : StudyAxes.of(point.convolutional()).subList(0, point.convolutional() ? 3 : 2)) {
            words.append("--")
                    .append(axis.name())
                    .append(' ')
                    .append(point.words().get(axis.name()))
                    .append(' ');
        }
        return words + "--size " + point.words().get(StudyAxes.SIZE.name());
    }

    private static long mebibytes(double bytes) {
        return (long) Math.ceil(bytes / (1 << 20));
    }
}
