package org.idem.report.study;

import java.util.Arrays;
import org.idem.array.Array;
import org.idem.laboratory.plan.Size;
import org.idem.laboratory.plan.StudyAxes;

/** Images out of what networks take and return. */
final class Shapes {
    private Shapes() {}

    /**
     * An image.
     *
     * @param array (C, H, W), or (1, C, H, W), or all pixels of a fully connected network in a row
     * @param network says height and width of pixels in a row; without them they are a square, or a line
     * @return (C, H, W)
     */
    static Array image(Array array, Network network) {
        int[] shape = array.shape();
        if (shape.length >= 3) {
            return array.reshape(Arrays.copyOfRange(shape, shape.length - 3, shape.length));
        }
        int length = array.length();
        String word = network.point().words().getOrDefault(StudyAxes.SIZE.name(), "");
        if (!word.isEmpty()) {
            Size size = StudyAxes.SIZE.read(word);
            if (length % (size.height() * size.width()) == 0) {
                return array.reshape(length / (size.height() * size.width()), size.height(), size.width());
            }
        }
        for (int channels : new int[] {1, 3}) {
            int side = (int) Math.round(Math.sqrt(length / (double) channels));
            if (side * side * channels == length) {
                return array.reshape(channels, side, side);
            }
        }
        return array.reshape(1, 1, length);
    }
}
