package org.idem.training.memory;

import java.util.ArrayList;
import java.util.List;

/** Copies between two memories, piece by piece, their reverse and their adjoint. */
public final class Segments {
    private record Segment(Memory from, Memory to, int length) {}

    private final List<Segment> segments = new ArrayList<>();

    public void add(Memory source, long from, Memory target, long to, int length) {
        segments.add(new Segment(source.from(from), target.from(to), length));
    }

    /** target ← source. */
    public void copy() {
        for (Segment segment : segments) {
            segment.to.copy(segment.length, segment.from);
        }
    }

    /** source ← target. */
    public void copyBack() {
        for (Segment segment : segments) {
            segment.from.copy(segment.length, segment.to);
        }
    }

    /** source ← source + target. */
    public void addBack() {
        for (Segment segment : segments) {
            segment.from.add(segment.length, 1, segment.to);
        }
    }

    /**
     * The copies that put images (image, row, column, channel) into larger ones with a margin on every side.
     *
     * @param wraps whether margins continue the image periodically; otherwise they are left alone
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
