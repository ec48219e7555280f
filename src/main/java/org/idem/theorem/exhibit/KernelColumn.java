package org.idem.theorem.exhibit;

import java.util.function.Function;
import org.idem.table.Column;
import org.idem.theorem.exhibit.KernelSweep.Row;

/** The numbers of a kernel sweep's row with the names that they have in every table. */
public enum KernelColumn {
    /** Side of the kernel. */
    KERNEL("kernel", Row::kernel),
    /** Weights per output channel. */
    UNKNOWNS("unknowns", Row::unknowns),
    /** Rank of the patches of the training image. */
    PATCH_RANK("patch_rank", Row::patchRank),
    /** Exact mean error after infinitely many steps. */
    LIMIT_MEAN("limit_mean", Row::limitMean),
    /** Exact mean error after the steps that are trained. */
    EXACT_MEAN("exact_mean", Row::exactMean),
    /** Exact 95 % quantile. */
    EXACT_QUANTILE("exact_quantile_95", row -> row.bounds().quantile()),
    /** The exact quantile with the proved error of its law. */
    LAW_BOUND("law_bound_95", row -> row.bounds().lawBound()),
    /** Bound for the test image in closed form, Chernoff's or a smaller one by convexity. */
    CLOSED_BOUND("chernoff_bound_95", row -> row.bounds().closedBound()),
    /** Bound for the test image, which holds for all images at once. */
    ALL_IMAGES_BOUND("all_images_bound_95", row -> row.bounds().allImagesBound()),
    /** The same by its largest patch alone. */
    IMAGE_BOUND("image_bound_95", row -> row.bounds().imageBound()),
    /** Bound for every image. */
    UNIFORM_BOUND("uniform_bound_95", row -> row.bounds().uniformBound()),
    /** The paper's order with its constants. */
    PAPER_BOUND("paper_bound_95", row -> row.bounds().paperBound()),
    /** Mean error of the trained networks. */
    MEASURED_MEAN("measured_mean", Row::measuredMean),
    /** Standard error of that mean. */
    STANDARD_ERROR("standard_error", Row::standardError),
    /** 95 % quantile of the trained networks. */
    MEASURED_QUANTILE("measured_quantile_95", Row::measuredQuantile);

    private final String column;
    private final Function<Row, Number> value;

    KernelColumn(String column, Function<Row, Number> value) {
        this.column = column;
        this.value = value;
    }

    /**
     * The number in a row.
     *
     * @param row of the sweep
     * @return a whole or a real number; NaN where too few networks were trained to give one, or where the limit learns
     *     what floating point does not see
     */
    public Number of(Row row) {
        return value.apply(row);
    }

    /**
     * How loose a bound is.
     *
     * @param row of the sweep
     * @return the number in this column over the exact 95 % quantile; NaN where both are 0
     */
    public double looseness(Row row) {
        return of(row).doubleValue() / row.bounds().quantile();
    }

    /**
     * How loose a bound is, as a column of a table.
     *
     * @return named tightness and, for instance, chernoff for the bound chernoff_bound_95
     */
    public Column<Row> loosenessColumn() {
        return new Column<>("tightness_" + column.replace("_bound_95", ""), this::looseness);
    }

    /**
     * As a column of a table.
     *
     * @return named in lower case with underscores
     */
    public Column<Row> column() {
        return new Column<>(column, value);
    }
}
