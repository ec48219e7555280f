package org.idem.check;

import java.util.Arrays;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;

/** Names parameters in words, with the indices of their stored arrays. */
final class Places {
    private Places() {}

    static String of(LinearMap network, int row, int column) {
        if (column == network.fanIn()) {
            return "bias[" + row + "]";
        }
        int[] index = {row, column};
        if (network instanceof Cnn cnn) {
            int side = cnn.kernel();
            index = new int[] {row, column / (side * side), column / side % side, column % side};
        }
        return "weight" + Arrays.toString(index);
    }
}
