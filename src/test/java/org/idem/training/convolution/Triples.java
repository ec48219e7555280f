package org.idem.training.convolution;

import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.Padding;

/** A linear layer as the list of its products: output o gains weight w times input i. */
public final class Triples {
    private Triples() {}

    /** Indices into flat arrays of outputs, weights and inputs. */
    public interface Visitor {
        void product(int output, int weight, int input);
    }

    public static void forEach(LinearMap map, int[] inputShape, Visitor visitor) {
        int[] out = map.outputShape(inputShape);
        for (int n = 0; n < inputShape[0]; n++) {
            for (int unit = 0; unit < map.outputs(); unit++) {
                if (map instanceof Cnn cnn) {
                    for (int site = 0; site < out[2] * out[3]; site++) {
                        site(cnn, inputShape, n, unit, site / out[3], site % out[3], out, visitor);
                    }
                } else {
                    for (int i = 0; i < map.fanIn(); i++) {
                        visitor.product(n * map.outputs() + unit, unit * map.fanIn() + i, n * map.fanIn() + i);
                    }
                }
            }
        }
    }

    private static void site(Cnn cnn, int[] in, int n, int unit, int row, int column, int[] out, Visitor visitor) {
        int side = cnn.kernel();
        int half = cnn.padding() == Padding.VALID ? 0 : side / 2;
        int output = ((n * out[1] + unit) * out[2] + row) * out[3] + column;
        for (int channel = 0; channel < cnn.channels(); channel++) {
            for (int tap = 0; tap < side * side; tap++) {
                int y = row + tap / side - half;
                int x = column + tap % side - half;
                if (cnn.padding() == Padding.CIRCULAR) {
                    y = Math.floorMod(y, in[2]);
                    x = Math.floorMod(x, in[3]);
                }
                if (y >= 0 && y < in[2] && x >= 0 && x < in[3]) {
                    visitor.product(
                            output,
                            (unit * cnn.channels() + channel) * side * side + tap,
                            ((n * in[1] + channel) * in[2] + y) * in[3] + x);
                }
            }
        }
    }

    /** The unit that each output belongs to, for biases. */
    public static int unit(LinearMap map, int[] outputShape, int output) {
        int area = map instanceof Cnn ? outputShape[2] * outputShape[3] : 1;
        return output / area % map.outputs();
    }

    public static int length(int[] shape) {
        return Array.lengthOf(shape);
    }
}
