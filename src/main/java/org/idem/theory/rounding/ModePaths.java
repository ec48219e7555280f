package org.idem.theory.rounding;

import java.util.Arrays;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.Spectrum;
import org.jspecify.annotations.Nullable;

/**
 * Norms of parameters, residual, gradient and velocity of every row along its exact path, from its coordinates in the
 * modes.
 *
 * <p>On the example side θ_t = κ_t·θ_0 + aXᵀ, on the parameter side the coordinates are those of θ_t itself. Without
 * weight decay, and on the parameter side with it, all rows move in proportion: a mode is run once and each row's way
 * in it is a multiple. Source: proofs/rounding.md, §3.
 */
final class ModePaths {
    private final LinearMethod optimizer;
    private final double rate;
    private final double lossScale;
    /** λ_j, one for each mode. */
    private final double[] eigenvalues;

    private final double spectrumError;
    private final double designNorm;
    private final boolean exampleSide;
    private final ModeCoordinates coordinates;
    private final int modes;
    /** κ_t: the share of θ_0 that is kept where data see nothing. */
    private final ModeRun kept;
    /** One for each mode: the path that all rows share, or where they do not, that of the row that is looked at. */
    private final ModeRun[] runs;
    /** Whether rows move in proportion. */
    private final boolean proportional;
    /** Where each row is in each mode, if rows do not move in proportion; rows × modes. */
    private final double[] places;
    /** How fast each row moves in each mode, if rows do not move in proportion; rows × modes. */
    private final double[] velocities;

    /** Steps of the block. */
    private int count;

    private final int steps;
    private final int block;
    /** What drives a mode, one number for each step of a block. */
    private final double[] forces;

    private final PathNorms norms;
    /** Relative error of a sum over the modes. */
    private final double roundings;

    /** By how much the row that is looked at moves in each mode, as a multiple of the mode's run. */
    private final double[] multiples;

    private @Nullable Waypoints waypoints;
    /** Norms of the row that is looked at, each from a quadratic form in its coordinates. */
    private final Sums parameters;

    private final Sums gradient;
    private final Sums velocity;
    private final Sums residual;

    /** Hears of steps. */
    @FunctionalInterface
    interface Walker {
        /** Some steps of a row, which come in their order; the norms are those until the next call. */
        void steps(int row, int first, int count, PathNorms norms);
    }

    /** So many first steps. */
    ModePaths(LeastSquares problem, LinearMethod optimizer, ModeCoordinates coordinates, int steps) {
        this.steps = steps;
        block = ModeRun.block(steps);
        forces = new double[block];
        norms = new PathNorms(block);
        parameters = new Sums();
        gradient = new Sums();
        velocity = new Sums();
        residual = new Sums();
        this.optimizer = optimizer;
        this.coordinates = coordinates;
        Spectrum spectrum = problem.spectrum();
        lossScale = problem.lossScale();
        eigenvalues = spectrum.values();
        spectrumError = spectrum.error();
        designNorm = spectrum.designNorm();
        exampleSide = spectrum.exampleSide();
        modes = eigenvalues.length;
        multiples = new double[modes];
        roundings = Rounding.accumulated(modes + 12);
        double decay = optimizer.weightDecay();
        proportional = decay == 0 || !exampleSide;
        rate = optimizer.learningRate();
        kept = new ModeRun(optimizer, rate * decay, 1, 0, block);
        runs = new ModeRun[modes];
        for (int mode = 0; mode < modes; mode++) {
            runs[mode] = new ModeRun(optimizer, rate * (lossScale * eigenvalues[mode] + decay), 0, 0, block);
        }
        int own = proportional ? 0 : modes * coordinates.startNorms().length;
        places = new double[own];
        velocities = new double[own];
    }

    /** Bounds sums by the sizes of their terms, too. */
    ModePaths measuring(Waypoints waypoints) {
        this.waypoints = waypoints;
        return this;
    }

    /** Takes all rows along their paths; once only. */
    void walk(Walker walker) {
        for (int from = 0; from < steps; from += block) {
            count = Math.min(block, steps - from);
            Arrays.fill(forces, 0);
            kept.advance(forces, count);
            if (proportional) {
                Arrays.fill(forces, exampleSide ? rate * lossScale : 1);
                for (ModeRun run : runs) {
                    run.advance(forces, count);
                }
            }
            for (int row = 0; row < coordinates.startNorms().length; row++) {
                if (exampleSide) {
                    setNormsOnExampleSide(row);
                } else {
                    setNormsOnParameterSide(row);
                }
                if (waypoints != null) {
                    waypoints.along(row, from, count, multiples, runs, kept.places(), norms);
                }
                walker.steps(row, from, count, norms);
            }
            kept.turn(count);
            for (ModeRun run : runs) {
                run.turn(count);
            }
        }
    }

    /** From θ_t = κ_tθ_0 + a_tXᵀ. */
    private void setNormsOnExampleSide(int row) {
        double decay = optimizer.weightDecay();
        clear(coordinates.startNorms()[row]);
        for (int mode = 0; mode < modes; mode++) {
            double start = coordinates.start().get(row, mode);
            double target = coordinates.targets().get(row, mode);
            double multiple = proportional ? start - target : 1;
            multiples[mode] = multiple;
            ModeRun run = runs[mode];
            if (!proportional) {
                runAlone(row, mode, start, target);
            }
            double square = multiple * multiple;
            double weight = (eigenvalues[mode] + spectrumError) * square;
            addSquares(norms.coordinates, square, run.places());
            parameters.addSquares(weight, run.places());
            parameters.addMixed(multiple * start, run.places());
            velocity.addSquares(weight, run.velocities());
            gradient.addSquares(weight, run.pulls());
            if (decay == 0) {
                residual.addSquares(square, run.pulls());
            } else {
                residual.addSquares(square, run.pulls(), rate * decay, run.places());
                velocity.addMixed(multiple * start, run.velocities());
                gradient.addMixed(multiple * start, run.pulls());
            }
        }
        double missed = rate * lossScale * spectrumError * designNorm;
        parameters.finish(kept.places(), norms.parameters);
        velocity.finish(kept.velocities(), norms.velocitySteps);
        gradient.finish(kept.pulls(), norms.gradientSteps);
        for (int step = 0; step <= count; step++) {
            norms.coordinates[step] = Math.sqrt(norms.coordinates[step]);
        }
        for (int step = 0; step < count; step++) {
            norms.residuals[step] =
                    Math.sqrt(residual.squares[step]) / (rate * lossScale) + spectrumError * norms.coordinates[step];
            norms.gradientSteps[step] += missed * norms.coordinates[step];
        }
    }

    /** Takes one mode of one row along its own path. */
    private void runAlone(int row, int mode, double start, double target) {
        ModeRun run = runs[mode];
        int at = row * modes + mode;
        for (int step = 0; step < count; step++) {
            forces[step] = rate * lossScale * (kept.places()[step] * start - target);
        }
        run.resume(places[at], velocities[at]);
        run.advance(forces, count);
        places[at] = run.places()[count];
        velocities[at] = run.velocities()[count];
    }

    /** From θ_t = θ_0 + (first pull)·(path of the mode), ‖θ_t‖ and ‖ρ_t‖ as forms in the way from θ_0. */
    private void setNormsOnParameterSide(int row) {
        double targetNorm = coordinates.targetNorms()[row];
        double decay = optimizer.weightDecay();
        clear(0);
        double own = 0;
        double misfit = targetNorm * targetNorm;
        double misfitSize = misfit;
        for (int mode = 0; mode < modes; mode++) {
            double start = coordinates.start().get(row, mode);
            double target = coordinates.targets().get(row, mode);
            double lambda = eigenvalues[mode] + spectrumError;
            own += start * start;
            misfit += lambda * start * start - 2 * start * target;
            misfitSize += lambda * start * start + 2 * Math.abs(start * target);
            // times the rate, which keeps products of large eigenvalues in range
            double pull = rate * (lossScale * (eigenvalues[mode] * start - target) + decay * start);
            double square = pull * pull;
            multiples[mode] = pull;
            ModeRun run = runs[mode];
            parameters.addSquares(square, run.places());
            parameters.addMixed(pull * start, run.places());
            residual.addSquares(lambda * square, run.places());
            residual.addMixed(
                    pull * (lambda * start - target),
                    Math.abs(pull) * (lambda * Math.abs(start) + Math.abs(target)),
                    run.places());
            velocity.addSquares(square, run.velocities());
            gradient.addSquares(square, run.pulls());
        }
        double missed = rate * lossScale * spectrumError;
        parameters.finish(own, own, norms.parameters);
        residual.finish(misfit, misfitSize, norms.residuals);
        velocity.finish(0, 0, norms.velocitySteps);
        gradient.finish(0, 0, norms.gradientSteps);
        System.arraycopy(norms.parameters, 0, norms.coordinates, 0, count + 1);
        for (int step = 0; step < count; step++) {
            norms.gradientSteps[step] += missed * norms.coordinates[step];
        }
    }

    private void clear(double startNorm) {
        for (Sums sums : new Sums[] {parameters, gradient, velocity, residual}) {
            sums.clear(startNorm);
        }
        Arrays.fill(norms.coordinates, 0);
    }

    /** Entries of the block that an array holds: one for each step, and perhaps one after the last. */
    private int length(double[] values) {
        return Math.min(values.length, count + 1);
    }

    private void addSquares(double[] sums, double factor, double[] terms) {
        int length = length(terms);
        for (int step = 0; step < length; step++) {
            sums[step] += factor * (terms[step] * terms[step]);
        }
    }

    /** Norms of (multiple of θ_0) + aXᵀ, or of θ_0 + a, for every step of a block, from their quadratic forms. */
    private final class Sums {
        private final double[] squares = new double[block + 1];
        private final double[] mixed = new double[block + 1];
        private final double[] mixedSizes = new double[block + 1];
        private double startNorm;

        void clear(double startNorm) {
            this.startNorm = startNorm;
            Arrays.fill(squares, 0);
            Arrays.fill(mixed, 0);
            Arrays.fill(mixedSizes, 0);
        }

        void addSquares(double factor, double[] terms) {
            ModePaths.this.addSquares(squares, factor, terms);
        }

        /** Of the terms without a multiple of others. */
        void addSquares(double factor, double[] terms, double less, double[] others) {
            int length = length(terms);
            for (int step = 0; step < length; step++) {
                double term = terms[step] - less * others[step];
                squares[step] += factor * (term * term);
            }
        }

        void addMixed(double factor, double[] terms) {
            addMixed(factor, Math.abs(factor), terms);
        }

        void addMixed(double factor, double size, double[] terms) {
            int length = length(terms);
            for (int step = 0; step < length; step++) {
                mixed[step] += factor * terms[step];
                mixedSizes[step] += size * Math.abs(terms[step]);
            }
        }

        /** Norms, with the multiple of θ_0 in every step. */
        void finish(double[] multiples, double[] norms) {
            double startSquare = startNorm * startNorm;
            int length = length(norms);
            for (int step = 0; step < length; step++) {
                double multiple = multiples[step];
                double own = multiple * multiple * startSquare;
                norms[step] = norm(step, own, own, multiple);
            }
        }

        /** Norms, with the constant part of the form and the size of its terms. */
        void finish(double own, double ownSize, double[] norms) {
            int length = length(norms);
            for (int step = 0; step < length; step++) {
                norms[step] = norm(step, own, ownSize, 1);
            }
        }

        private double norm(int step, double own, double ownSize, double multiple) {
            double size = ownSize + 2 * Math.abs(multiple) * mixedSizes[step] + squares[step];
            double square = own + 2 * multiple * mixed[step] + squares[step];
            return Math.sqrt(Math.max(0, square) + roundings * size);
        }
    }
}
