package org.idem.report.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.idem.laboratory.result.Measures;

/** Numbers of a network that curves show. */
enum Quantity {
    IDENTITY_CORRELATION("identity_correlation", "Correlation with the identity", false, Measures::identityCorrelation),
    CONSTANT_CORRELATION("constant_correlation", "Correlation with the constant", false, Measures::constantCorrelation),
    IDENTITY_MSE("identity_mse", "Mean squared distance per pixel from the identity", true, Measures::identityMse),
    CONSTANT_MSE("constant_mse", "Mean squared distance per pixel from the constant", true, Measures::constantMse),
    OUTPUT_NORM("output_norm", "Euclidean norm of the output", true, Measures::outputNorm),
    TRAIN_ERROR("train_error", "Training error, relative to the targets", true, measures -> Double.NaN);

    static final List<Quantity> CORRELATIONS = List.of(IDENTITY_CORRELATION, CONSTANT_CORRELATION);

    private final String column;
    private final String title;
    private final boolean logarithmic;
    private final ToDoubleFunction<Measures> measure;

    Quantity(String column, String title, boolean logarithmic, ToDoubleFunction<Measures> measure) {
        this.column = column;
        this.title = title;
        this.logarithmic = logarithmic;
        this.measure = measure;
    }

    String column() {
        return column;
    }

    String title() {
        return title;
    }

    boolean logarithmic() {
        return logarithmic;
    }

    /** Of a trained network; NaN if it diverged or failed, or if there is no such number. */
    double of(Network network) {
        Measures measures = network.measures();
        return measures == null ? Double.NaN : of(network.result().trainError(), measures);
    }

    /** Of a network with measures. */
    double of(double trainError, Measures measures) {
        return this == TRAIN_ERROR ? trainError : measure.applyAsDouble(measures);
    }
}
