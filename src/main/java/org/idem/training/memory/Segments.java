package org.idem.training.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of segments, each a run of elements in a source and as many in a target. The list is made once; {@link #copy},
 * {@link #copyBack} and {@link #addBack} then work on all segments in the order in which they were added.
 */
public final class Segments {
    private record Segment(Memory from, Memory to, int length) {}

    private final List<Segment> segments = new ArrayList<>();

    /**
     * Adds a segment.
     *
     * @param source memory that {@link #copy} reads
     * @param from first element in the source
     * @param target memory that {@link #copy} writes
     * @param to first element in the target
     * @param length number of elements
     */
    public void add(Memory source, long from, Memory target, long to, int length) {
        segments.add(new Segment(source.from(from), target.from(to), length));
    }

    /** target ← source in every segment. */
    public void copy() {
        for (Segment segment : segments) {
            segment.to.copy(segment.length, segment.from);
        }
    }

    /** source ← target in every segment: the reverse of {@link #copy} where segments of the source do not overlap. */
    public void copyBack() {
        for (Segment segment : segments) {
            segment.from.copy(segment.length, segment.to);
        }
    }

    /** source ← source + target in every segment: the adjoint of {@link #copy}, added. */
    public void addBack() {
        for (Segment segment : segments) {
            segment.from.add(segment.length, 1, segment.to);
        }
    }

    /**
     * The segments that put images into larger ones with a margin on every side.
     *
     * @param images (image, row, column, channel)
     * @param framed the same with height + 2·margin rows and width + 2·margin columns
     * @param count number of images
     * @param height rows of an image
     * @param width columns of an image
     * @param channels numbers per pixel
     * @param margin pixels on each side
     * @param wraps whether margins continue the image periodically; otherwise nothing writes them
     * @return segments from the images to the larger ones
     */
    public static Segments margins(
            Memory images, Memory framed, int count, int height, int width, int channels, int margin, boolean wraps) {
        Segments segments = new Segments();
        int rows = height + 2 * margin;
        int columns = width + 2 * margin;
        for (int image = 0; image < count; image++) {
            for (int row = 0; row < rows; row++) {
                int y = row - margin;
                if (!wraps && (y < 0 || y >= height)) {
                    continue;
                }
                long from = ((long) image * height + Math.floorMod(y, height)) * width;
                long to = ((long) image * rows + row) * columns;
                int column = wraps ? 0 : margin;
                int end = wraps ? columns : margin + width;
                while (column < end) {
                    int x = Math.floorMod(column - margin, width);
                    int length = Math.min(width - x, end - column);
                    segments.add(images, (from + x) * channels, framed, (to + column) * channels, length * channels);
                    column += length;
                }
            }
        }
        return segments;
    }
}
