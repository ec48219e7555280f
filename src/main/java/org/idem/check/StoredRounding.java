package org.idem.check;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.check.format.StoredFormat;
import org.idem.theory.design.ParameterModes;
import org.jspecify.annotations.Nullable;

/**
 * What saving weights in a narrower format adds to the bounds: the rounding of the trained ones as it is, that of the
 * initial ones as training passes it on. Source: proofs/check.md, §5.
 *
 * @param trained format of the trained weights, null if it is that of the training
 * @param initial format of the initial weights, null if it is that of the training
 */
record StoredRounding(
        @Nullable StoredFormat trained, @Nullable StoredFormat initial) {
    static final StoredRounding NONE = new StoredRounding(null, null);

    /** Whether no weights were saved in a format narrower than that of training. */
    boolean isNothing() {
        return trained == null && initial == null;
    }

    /** Bounds, outputs × d. */
    DMatrixRMaj bounds(Account account, ParameterModes modes) {
        DMatrixRMaj bounds = sizes(trained, account.end());
        if (initial != null) {
            DMatrixRMaj response = new ModeDistance(modes, account).response(account.optimizer(), account.horizon());
            absolute(response);
            CommonOps_DDRM.multAdd(sizes(initial, account.start()), response, bounds);
        }
        return bounds;
    }

    /** Bounds on the rounding of each number. */
    static DMatrixRMaj sizes(@Nullable StoredFormat format, DMatrixRMaj stored) {
        DMatrixRMaj sizes = stored.createLike();
        for (int at = 0; format != null && at < sizes.getNumElements(); at++) {
            sizes.data[at] = format.error(stored.data[at]);
        }
        return sizes;
    }

    private static void absolute(DMatrixRMaj matrix) {
        for (int at = 0; at < matrix.getNumElements(); at++) {
            matrix.data[at] = Math.abs(matrix.data[at]);
        }
    }
}
