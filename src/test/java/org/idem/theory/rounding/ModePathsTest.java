package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.network.LinearMethod;
import org.idem.theory.TinyProblem;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.junit.jupiter.api.Test;

/** Norms along the path against a training of the parameters themselves. */
class ModePathsTest {
    private static final double SCALE = 1.5;
    /** More than a block of steps. */
    private static final int STEPS = ModeRun.block(Integer.MAX_VALUE) + 8;

    private static DMatrixRMaj plus(DMatrixRMaj a, double factor, DMatrixRMaj b) {
        return CommonOps_DDRM.add(1, a, factor, b, null);
    }

    /** State of a step that is about to be taken, and the norm of the coordinates that the spectrum's error meets. */
    record Taken(LocalErrors.State state, double coordinates) {}

    static List<Taken> steps(
            LeastSquares problem, LinearMethod optimizer, ModeCoordinates coordinates, int which, int count) {
        List<Taken> steps = new ArrayList<>();
        new ModePaths(problem, optimizer, coordinates, count).walk((row, first, length, norms) -> {
            if (row == which) {
                assertEquals(steps.size(), first);
                for (int step = 0; step < length; step++) {
                    steps.add(new Taken(norms.state(step), norms.coordinates[step]));
                }
            }
        });
        return steps;
    }

    private static List<LocalErrors.State> states(
            LeastSquares problem, LinearMethod optimizer, ModeCoordinates coordinates, int row) {
        return steps(problem, optimizer, coordinates, row, STEPS).stream()
                .map(Taken::state)
                .toList();
    }

    @Test
    void normsAreThoseOfTheTraining() {
        for (boolean tall : new boolean[] {true, false}) {
            LeastSquares problem = TinyProblem.of(tall, SCALE, 0, 0);
            ModeCoordinates coordinates = ModeCoordinates.of(problem, false);
            for (LinearMethod optimizer : ModeResponsesTest.optimizers()) {
                for (int row = 0; row < 2; row++) {
                    DMatrixRMaj parameters = CommonOps_DDRM.extractRow(problem.initial(), row, null);
                    DMatrixRMaj targets = CommonOps_DDRM.extractRow(problem.targets(), row, null);
                    DMatrixRMaj velocity = new DMatrixRMaj(1, parameters.numCols);
                    List<LocalErrors.State> path = states(problem, optimizer, coordinates, row);
                    double rate = optimizer.learningRate();
                    double momentum = optimizer.momentum();
                    for (int step = 0; step < STEPS; step++) {
                        DMatrixRMaj residual =
                                plus(CommonOps_DDRM.mult(parameters, problem.design(), null), -1, targets);
                        DMatrixRMaj gradient = CommonOps_DDRM.multTransB(residual, problem.design(), null);
                        gradient = plus(TinyProblem.times(gradient, SCALE), optimizer.weightDecay(), parameters);
                        DMatrixRMaj next = plus(gradient, momentum, velocity);
                        LocalErrors.State state = path.get(step);
                        assertNear(NormOps_DDRM.normF(parameters), state.parameters());
                        assertNear(NormOps_DDRM.normF(residual), state.residual());
                        assertNear(rate * NormOps_DDRM.normF(gradient), state.gradientStep());
                        assertNear(rate * NormOps_DDRM.normF(velocity), state.velocityStep());
                        assertNear(rate * NormOps_DDRM.normF(next), state.velocityStepAfter());
                        velocity = next;
                        parameters = plus(
                                parameters,
                                -rate,
                                optimizer.nesterov() ? plus(gradient, momentum, velocity) : velocity);
                        assertNear(NormOps_DDRM.normF(parameters), state.parametersAfter());
                    }
                }
            }
        }
    }

    /** Both ways add a few dozen squares; the slack of the bound is γ of twelve roundings under a root. */
    private static void assertNear(double expected, double actual) {
        assertEquals(expected, actual, 0x1p-40 * (1 + expected));
    }

    /**
     * One weight whose eigenvalue 9 was taken for 9(1 + 2⁻⁶): the path follows the wrong one, and ε = 9·2⁻⁶ widens the
     * norm of the residual, (λ + ε)θ² − 2θYX + Y², and that of the gradient by cε|θ|.
     */
    @Test
    void theSpectrumsErrorWidensTheNormsOfAParameter() {
        LeastSquares problem = TinyProblem.scalar(3, 2, 5, SCALE, 0x1p-6, 0);
        double error = problem.spectrum().error();
        assertEquals(9 * 0x1p-6, error, 0x1p-40);
        double lambda = 9 * (1 + 0x1p-6);
        Taken step = steps(problem, LinearMethod.gradientDescent(0.01), ModeCoordinates.of(problem, false), 0, 1)
                .get(0);
        assertNear(
                Math.sqrt((lambda + error) * 25 - 2 * 5 * 2 * 3 + 4),
                step.state().residual());
        double pull = SCALE * (lambda * 5 - 6);
        assertNear(0.01 * (pull + SCALE * error * 5), step.state().gradientStep());
        assertNear(5 - 0.01 * pull, step.state().parametersAfter());
        assertNear(5, step.coordinates());
    }

    /**
     * One example x = (3, 4), λ = 25 taken for 25(1 + 2⁻⁶): after a step θ = θ_0 + a·x, its norm widened by (λ + ε)a²
     * in place of 25a²; the next step's residual is that with λ, widened by ε|a|, its gradient by cε|a|·√(λ + ε).
     */
    @Test
    void theSpectrumsErrorWidensTheNormsOfAnExample() {
        DMatrixRMaj design = new DMatrixRMaj(new double[][] {{3}, {4}});
        LeastSquares problem =
                TinyProblem.distorted(design, TinyProblem.matrix(2), TinyProblem.matrix(1, -2), SCALE, 0x1p-6, 0);
        double error = problem.spectrum().error();
        double lambda = 25 * (1 + 0x1p-6);
        List<Taken> path = steps(problem, LinearMethod.gradientDescent(0.01), ModeCoordinates.of(problem, false), 0, 2);
        Taken first = path.get(0);
        assertNear(7, first.state().residual());
        assertNear(0, first.coordinates());
        // residual 3 − 8 − 2 = −7
        double a = 0.01 * SCALE * 7;
        double widened = Math.sqrt(5 + 2 * a * -5 + (lambda + error) * a * a);
        assertNear(widened, first.state().parametersAfter());
        Taken second = path.get(1);
        double residual = -7 + lambda * a;
        assertNear(Math.abs(residual) + error * a, second.state().residual());
        double gradient = SCALE * Math.abs(residual) * Math.sqrt(lambda + error);
        double missed = SCALE * error * Math.sqrt(lambda + error) * a;
        assertNear(0.01 * (gradient + missed), second.state().gradientStep());
        assertNear(a, second.coordinates());
    }
}
