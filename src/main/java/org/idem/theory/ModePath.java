package org.idem.theory;

import org.idem.network.Optimizer;

/**
 * Norms of parameters, residual, gradient and velocity of one row along its exact path, from its coordinates in the
 * modes.
 *
 * <p>On the example side θ_t = rest·θ_0 + aXᵀ, on the parameter side the coordinates are those of θ_t itself. Source:
 * proofs/rounding.md, §3.
 */
final class ModePath {
    private final Optimizer optimizer;
    private final double lossScale;
    private final double[] eigenvalues;
    private final double spectrumError;
    private final double designNorm;
    private final boolean exampleSide;
    private final double[] start;
    private final double[] targets;
    private final double startNorm;
    private final double targetNorm;
    private final double[] place;
    private final double[] velocity;
    private double rest = 1;
    private double restVelocity;

    /** State of a step that is about to be taken, and the norm of the coordinates that the spectrum's error meets. */
    record Step(LocalErrors.State state, double coordinates) {}

    private double parametersNorm;
    private double velocityNorm;

    /** Start and targets of one row, in modes: θ_0X and Y on the example side, θ_0 and YXᵀ on the parameter side. */
    ModePath(
            Optimizer optimizer,
            double lossScale,
            Spectrum spectrum,
            double[] start,
            double[] targets,
            double startNorm,
            double targetNorm) {
        this.optimizer = optimizer;
        this.lossScale = lossScale;
        this.start = start;
        this.targets = targets;
        this.startNorm = startNorm;
        this.targetNorm = targetNorm;
        eigenvalues = spectrum.values();
        spectrumError = spectrum.error();
        designNorm = Math.sqrt(spectrum.largest() + spectrumError);
        exampleSide = spectrum.exampleSide();
        place = exampleSide ? new double[start.length] : start.clone();
        velocity = new double[start.length];
        parametersNorm = startNorm;
    }

    /** Norm of the parameters now. */
    double parametersNorm() {
        return parametersNorm;
    }

    /** Takes one step of the path. */
    Step advance() {
        return exampleSide ? advanceExamples() : advanceParameters();
    }

    private Step advanceExamples() {
        double rate = optimizer.learningRate();
        double momentum = optimizer.momentum();
        double decay = optimizer.weightDecay();
        double residuals = 0;
        double coordinates = 0;
        double restPull = decay * rest;
        Sum gradient = new Sum();
        Sum velocityAfter = new Sum();
        Sum parameters = new Sum();
        double nextRestVelocity = momentum * restVelocity + restPull;
        double nextRest =
                rest - rate * (optimizer.nesterov() ? restPull + momentum * nextRestVelocity : nextRestVelocity);
        for (int mode = 0; mode < place.length; mode++) {
            double lambda = eigenvalues[mode];
            double residual = rest * start[mode] + lambda * place[mode] - targets[mode];
            residuals += residual * residual;
            coordinates += place[mode] * place[mode];
            double pull = lossScale * residual + decay * place[mode];
            gradient.add(pull, start[mode], lambda);
            velocity[mode] = momentum * velocity[mode] + pull;
            if (momentum != 0) {
                velocityAfter.add(velocity[mode], start[mode], lambda);
            }
            place[mode] -= rate * (optimizer.nesterov() ? pull + momentum * velocity[mode] : velocity[mode]);
            parameters.add(place[mode], start[mode], lambda);
        }
        double parametersBefore = parametersNorm;
        double velocityBefore = velocityNorm;
        double missed = lossScale * spectrumError * designNorm;
        double gradientNorm = gradient.norm(restPull);
        parametersNorm = parameters.norm(nextRest);
        velocityNorm = momentum == 0 ? gradientNorm : velocityAfter.norm(nextRestVelocity);
        LocalErrors.State state = new LocalErrors.State(
                parametersBefore,
                parametersNorm,
                Math.sqrt(residuals) + spectrumError * Math.sqrt(coordinates),
                rate * (gradientNorm + missed * Math.sqrt(coordinates)),
                rate * velocityBefore,
                rate * velocityNorm);
        rest = nextRest;
        restVelocity = nextRestVelocity;
        return new Step(state, Math.sqrt(coordinates));
    }

    /** Norm of (multiple of θ_0) + aXᵀ from its quadratic form. */
    private final class Sum {
        private double mixed;
        private double mixedSize;
        private double squares;

        void add(double coordinate, double startThere, double lambda) {
            double product = coordinate * startThere;
            mixed += product;
            mixedSize += Math.abs(product);
            squares += (lambda + spectrumError) * coordinate * coordinate;
        }

        double norm(double multiple) {
            double own = multiple * multiple * startNorm * startNorm;
            double size = own + 2 * Math.abs(multiple) * mixedSize + squares;
            double slack = Rounding.accumulated(place.length + 8) * size;
            return Math.sqrt(Math.max(0, own + 2 * multiple * mixed + squares) + slack);
        }
    }

    private Step advanceParameters() {
        double rate = optimizer.learningRate();
        double momentum = optimizer.momentum();
        double decay = optimizer.weightDecay();
        double residualSquare = targetNorm * targetNorm;
        double residualSize = residualSquare;
        double gradient = 0;
        double velocityAfter = 0;
        double parameters = 0;
        for (int mode = 0; mode < place.length; mode++) {
            double here = place[mode];
            double lambda = eigenvalues[mode];
            double quadratic = (lambda + spectrumError) * here * here;
            double mixed = 2 * here * targets[mode];
            residualSquare += quadratic - mixed;
            residualSize += quadratic + Math.abs(mixed);
            double pull = lossScale * (lambda * here - targets[mode]) + decay * here;
            gradient += pull * pull;
            velocity[mode] = momentum * velocity[mode] + pull;
            velocityAfter += velocity[mode] * velocity[mode];
            place[mode] = here - rate * (optimizer.nesterov() ? pull + momentum * velocity[mode] : velocity[mode]);
            parameters += place[mode] * place[mode];
        }
        double slack = Rounding.accumulated(place.length + 8) * residualSize;
        double before = parametersNorm;
        double velocityBefore = velocityNorm;
        parametersNorm = Math.sqrt(parameters);
        velocityNorm = Math.sqrt(velocityAfter);
        LocalErrors.State state = new LocalErrors.State(
                before,
                parametersNorm,
                Math.sqrt(Math.max(0, residualSquare) + slack),
                rate * (Math.sqrt(gradient) + lossScale * spectrumError * before),
                rate * velocityBefore,
                rate * velocityNorm);
        return new Step(state, before);
    }
}
