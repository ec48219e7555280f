package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.network.LinearMethod;
import org.idem.theory.TinyProblem;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.Spectrum;
import org.junit.jupiter.api.Test;

/** Against a training of parameters whose start is off by a unit, and proofs/rounding.md, §§3 and 5. */
class ModeResponsesTest {
    private static final double RATE = 0.05;
    private static final double SCALE = 1.5;
    private static final int STEPS = 9;

    static List<LinearMethod> optimizers() {
        List<LinearMethod> all = new ArrayList<>();
        for (double decay : new double[] {0, 0.4}) {
            all.add(new LinearMethod(RATE, 0, false, decay));
            all.add(new LinearMethod(RATE, 0.6, false, decay));
            all.add(new LinearMethod(RATE, 0.6, true, decay));
        }
        return all;
    }

    /** A row of errors E and its velocity, learning rate included, under the full design. */
    private static final class Dense {
        private final LinearMethod optimizer;
        private final DMatrixRMaj curvature;
        private DMatrixRMaj error;
        private DMatrixRMaj velocity;

        Dense(LinearMethod optimizer, DMatrixRMaj design, DMatrixRMaj error, DMatrixRMaj velocity) {
            this.optimizer = optimizer;
            this.error = error;
            this.velocity = velocity;
            curvature = CommonOps_DDRM.multTransB(design, design, null);
            CommonOps_DDRM.scale(SCALE, curvature);
            for (int i = 0; i < curvature.numRows; i++) {
                curvature.add(i, i, optimizer.weightDecay());
            }
        }

        void step() {
            DMatrixRMaj gradient = TinyProblem.times(CommonOps_DDRM.mult(error, curvature, null), RATE);
            velocity = CommonOps_DDRM.add(gradient, TinyProblem.times(velocity, optimizer.momentum()), null);
            DMatrixRMaj move = optimizer.nesterov()
                    ? CommonOps_DDRM.add(gradient, TinyProblem.times(velocity, optimizer.momentum()), null)
                    : velocity;
            error = CommonOps_DDRM.subtract(error, move, null);
        }
    }

    /** The error that the response says: on the example side zδ + δXP diag(b) PᵀXᵀ, otherwise δU diag(R) Uᵀ. */
    private static DMatrixRMaj predicted(LeastSquares problem, ModeResponses.Response response, DMatrixRMaj unit) {
        Spectrum spectrum = problem.spectrum();
        boolean tall = spectrum.exampleSide();
        DMatrixRMaj basis = tall ? CommonOps_DDRM.mult(problem.design(), spectrum.basis(), null) : spectrum.basis();
        DMatrixRMaj inModes = CommonOps_DDRM.mult(unit, basis, null);
        for (int mode = 0; mode < inModes.numCols; mode++) {
            inModes.data[mode] *= (tall ? response.lift(mode) : response.inMode(mode))[0];
        }
        DMatrixRMaj result = CommonOps_DDRM.multTransB(inModes, basis, null);
        return tall ? CommonOps_DDRM.add(1, result, response.kept()[0], unit, null) : result;
    }

    @Test
    void errorsSpreadLikeATrainingOfTheirOwn() {
        for (boolean tall : new boolean[] {true, false}) {
            LeastSquares problem = TinyProblem.of(tall, SCALE, 0, 0);
            int d = problem.design().numRows;
            DMatrixRMaj unit = new DMatrixRMaj(1, d);
            Arrays.setAll(unit.data, i -> 0.5 - 0.3 * i);
            for (LinearMethod optimizer : optimizers()) {
                ModeResponses responses = new ModeResponses(optimizer, SCALE, problem.spectrum(), 1);
                double kick = optimizer.nesterov() ? -1.6 : -1;
                Dense storage = new Dense(optimizer, problem.design(), unit, new DMatrixRMaj(1, d));
                Dense gradient = new Dense(optimizer, problem.design(), TinyProblem.times(unit, kick), unit);
                for (int step = 0; step < STEPS; step++) {
                    responses.advance(1);
                    for (int i = 0; i < d; i++) {
                        // nine contractions of numbers below 2, each of a dozen roundings
                        assertEquals(
                                storage.error.get(i),
                                predicted(problem, responses.storage(), unit).get(i),
                                0x1p-45);
                        double sign = optimizer.momentum() == 0 ? -1 : 1;
                        assertEquals(
                                gradient.error.get(i),
                                sign
                                        * predicted(problem, responses.gradient(), unit)
                                                .get(i),
                                0x1p-45);
                    }
                    storage.step();
                    gradient.step();
                }
            }
        }
    }

    /** Parameter and velocity of one mode after some steps, from a given start. */
    private static double[] mode(LinearMethod optimizer, double curvature, double value, double velocity, int steps) {
        DMatrixRMaj state = TinyProblem.matrix(value, velocity);
        double pull = RATE * curvature;
        double momentum = optimizer.momentum();
        // (value, velocity) times the matrix of one step
        DMatrixRMaj step = new DMatrixRMaj(
                optimizer.nesterov()
                        ? new double[][] {
                            {1 - pull * (1 + momentum), pull}, {-momentum * momentum, momentum},
                        }
                        : new double[][] {{1 - pull, pull}, {-momentum, momentum}});
        for (int i = 0; i < steps; i++) {
            state = CommonOps_DDRM.mult(state, step, null);
        }
        return state.data;
    }

    private static double size(LinearMethod optimizer, double[] pair) {
        return optimizer.momentum() == 0 ? Math.abs(pair[0]) : Math.hypot(pair[0], pair[1]);
    }

    @Test
    void largestResponsesAreThoseOfSingleModes() {
        for (boolean tall : new boolean[] {true, false}) {
            Spectrum spectrum = TinyProblem.of(tall, SCALE, 0, 0).spectrum();
            double[] factors = new double[] {3, 2, 5};
            double[] squares = new double[] {9, 4, 25};
            for (LinearMethod optimizer : optimizers()) {
                ModeResponses responses = new ModeResponses(optimizer, SCALE, spectrum, 2);
                for (int step = 0; step < STEPS; step++) {
                    if (step % 2 == 0) {
                        responses.advance(2);
                    }
                    double decay = optimizer.weightDecay();
                    double[] rest = mode(optimizer, decay, 1, 0, step);
                    double largest = tall ? size(optimizer, rest) : 0;
                    double weighted = 0;
                    double lift = 0;
                    for (int j = 0; j < spectrum.modes(); j++) {
                        double lambda = spectrum.values()[j];
                        double[] own = mode(optimizer, SCALE * lambda + decay, 1, 0, step);
                        largest = Math.max(largest, size(optimizer, own));
                        weighted = Math.max(weighted, factors[j] * size(optimizer, own));
                        double[] lifted = {(own[0] - rest[0]) / lambda, (own[1] - rest[1]) / lambda};
                        lift = Math.max(lift, factors[j] * size(optimizer, lifted));
                    }
                    ModeResponses.Largest measured = responses.storage().largest(squares);
                    assertEquals(largest, measured.state[step % 2], 0x1p-45);
                    assertEquals(weighted, measured.weightedModes[step % 2], 0x1p-45);
                    assertEquals(tall ? lift : 0, measured.weightedLift[step % 2], 0x1p-45);
                }
            }
        }
    }

    /** The sums S, S_e, S_b and S_be of §5, from single modes. */
    @Test
    void sumsOverAllLagsCloseTheArgument() {
        for (boolean tall : new boolean[] {true, false}) {
            for (LinearMethod optimizer : optimizers()) {
                Spectrum spectrum = TinyProblem.of(tall, SCALE, 0x1p-12, 0).spectrum();
                double error = spectrum.error();
                double shared = tall ? error : 0;
                int modes = spectrum.modes();
                double[] squares = new double[modes];
                Arrays.setAll(squares, j -> spectrum.values()[j] + error);
                ModeResponses responses = new ModeResponses(optimizer, SCALE, spectrum, STEPS);
                responses.advance(STEPS);
                ModeResponses.Largest storage = responses.storage().largest(squares);
                ModeResponses.Largest gradient = responses.gradient().largest(squares);
                double state = 0;
                double residual = 0;
                double lift = 0;
                double liftOfResidual = 0;
                double largest = 1;
                for (int lag = 0; lag < STEPS; lag++) {
                    double here = Math.max(
                            storage.state[lag] + shared * storage.lift[lag],
                            gradient.state[lag] + shared * gradient.lift[lag]);
                    largest = Math.max(largest, here);
                    state += here;
                    residual += RATE * SCALE * gradient.weightedModes[lag];
                    lift += Math.max(storage.weightedLift[lag], gradient.weightedLift[lag]);
                    liftOfResidual += RATE * SCALE * gradient.modes[lag];
                }
                double again = 1 - shared * liftOfResidual;
                assertTrue(again > 0 && again <= 1);
                double ofState = state + residual * shared * lift / again;
                double ofResidual = residual / again;
                ResponseSums sums = new ResponseSums(optimizer, SCALE, spectrum, STEPS);
                assertNear(largest, sums.largest());
                assertNear(64 * 0x1p-53 * ofState * largest, sums.evaluationError());
                assertNear(3 * ofState + 7 * ofResidual, sums.firstOrder(3, 7).state());
                if (tall) {
                    assertNear(
                            (3 * lift + 7 * liftOfResidual) / again,
                            sums.firstOrder(3, 7).lift());
                }
                LocalErrors.Step growth = new LocalErrors.Step(0x1p-9, 0x1p-8, 0x1p-10);
                double every = 0x1p-9 + 0x1p-8 + 0x1p-11;
                double gain = ofState * every + ofResidual * 0x1p-10;
                assertTrue(gain < 0.5);
                double most = (3 * ofState + 7 * ofResidual) / (1 - gain);
                ResponseSums.Stray closure = sums.smallGain(3, 7, growth, 0x1p-11);
                assertNear(most, closure.state());
                if (tall) {
                    double lifted = lift * (3 + every * most) + liftOfResidual * (7 + 0x1p-10 * most);
                    assertNear(lifted / again, closure.lift());
                }
                LocalErrors.Step tooMuch = new LocalErrors.Step(1, 1, 1);
                assertEquals(
                        Double.POSITIVE_INFINITY,
                        sums.smallGain(3, 7, tooMuch, 0).state());
            }
        }
    }

    /** εS_be ≥ 1: the lift of an error would feed itself. */
    @Test
    void aSpectrumThatIsTooWrongBoundsNothing() {
        Spectrum spectrum = TinyProblem.of(true, SCALE, 4, 0).spectrum();
        ResponseSums sums = new ResponseSums(LinearMethod.gradientDescent(RATE), SCALE, spectrum, STEPS);
        assertEquals(Double.POSITIVE_INFINITY, sums.firstOrder(1, 0).state());
    }

    /**
     * Where nothing pulls, an error of a gradient is there in every later step: T lags sum up to T, the tail included.
     */
    @Test
    void theTailOfALongRunCountsEveryLagOnce() {
        Spectrum spectrum = TinyProblem.scalar(0, 1, 1, 1, 0, 0).spectrum();
        int steps = (1 << 17) + 1000;
        ResponseSums sums = new ResponseSums(LinearMethod.gradientDescent(RATE), 1, spectrum, steps);
        assertEquals(steps, sums.sumOfMode(0));
    }

    private static void assertNear(double expected, double actual) {
        assertEquals(expected, actual, 0x1p-45 * expected);
    }
}
