package org.idem.theory.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.theory.TinyProblem;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    private static double[] counted(int count) {
        return IntStream.range(0, count).mapToDouble(i -> i).toArray();
    }

    /** Two images of two channels and 2 × 3 pixels: a row of targets runs through both images of its channel. */
    @Test
    void everyOutputHasItsRowAndComesBack() {
        Array images = Array.of(counted(24), 2, 2, 2, 3);
        Cnn cnn = new Cnn(2, 2, 1, Padding.VALID, true);
        LeastSquares problem = LeastSquares.of(new LinearProblem(
                cnn,
                images,
                images,
                Array.of(new double[] {1, 2, 3, 4}, 2, 2, 1, 1),
                Array.of(new double[] {5, 6}, 2),
                Loss.HALF_SUM));
        double[] rows = {0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17, 6, 7, 8, 9, 10, 11, 18, 19, 20, 21, 22, 23};
        assertArrayEquals(rows, problem.targets().data);
        assertArrayEquals(new double[] {1, 2, 5, 3, 4, 6}, problem.initial().data);
        Array back = LeastSquares.inOutputShape(problem.targets(), cnn, images);
        assertArrayEquals(images.values(), back.values());
        assertArrayEquals(images.shape(), back.shape());
    }

    /** The second of three parameters meets only zeros. */
    @Test
    void whatNeverMovesIsLeftOut() {
        LeastSquares problem = TinyProblem.distorted(
                new DMatrixRMaj(new double[][] {{1, 2}, {0, 0}, {0, 3}}),
                new DMatrixRMaj(2, 2),
                new DMatrixRMaj(new double[][] {{1, 2, 3}, {4, 5, 6}}),
                1,
                0,
                0);
        assertArrayEquals(new double[] {1, 0, 3, 4, 0, 6}, problem.movingInitial().data);
        DMatrixRMaj tests = new DMatrixRMaj(new double[][] {{1, 4}, {2, -5}, {3, 6}});
        assertArrayEquals(new double[] {2, 5}, problem.removeUnmoved(tests));
        assertArrayEquals(new double[] {1, 4, 0, 0, 3, 6}, tests.data);
    }
}
