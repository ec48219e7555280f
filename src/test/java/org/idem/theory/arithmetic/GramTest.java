package org.idem.theory.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Against sums entry by entry in the same order, which must be the same numbers. */
class GramTest {
    @Test
    void everyEntryIsTheSumOverTheRows() {
        SplittableRandom random = new SplittableRandom(1);
        for (int size = 0; size < 11; size++) {
            for (int rows : new int[] {0, 1, 7}) {
                DMatrixRMaj matrix = new DMatrixRMaj(rows, size);
                for (int at = 0; at < matrix.getNumElements(); at++) {
                    matrix.data[at] = random.nextInt(3) == 0 ? random.nextDouble() - 0.5 : 0;
                }
                DMatrixRMaj gram = Gram.of(matrix);
                assertEquals(size, gram.numRows);
                assertEquals(size, gram.numCols);
                for (int i = 0; i < size; i++) {
                    for (int j = 0; j < size; j++) {
                        double sum = 0;
                        for (int k = 0; k < rows; k++) {
                            sum += matrix.get(k, i) * matrix.get(k, j);
                        }
                        assertEquals(sum, gram.get(i, j));
                    }
                }
            }
        }
    }
}
