package org.idem.cli.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.Magnitudes;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.image.ImageSource;
import org.idem.network.Cnn;
import org.idem.network.Initializer;
import org.idem.network.Padding;
import org.idem.table.Column;
import org.idem.table.CsvTable;
import org.idem.theorem.exhibit.KernelColumn;
import org.idem.theorem.exhibit.KernelSweep;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints rank, exact mean error and bounds beside the error of CNNs that are really trained. */
@Command(
        name = "bounds",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the error of one-layer CNNs trained on one image, for several kernel sizes, and upper bounds on it.",
            "",
            "The error is the mean squared error on the test image; it depends on the initial weights, which --init draws."
                    + " The first table compares theory with --networks networks that are trained for --steps. Its columns:"
                    + " side of the kernel; weights of an output channel ('unknowns'); rank of the training image's patches;"
                    + " mean error in the limit of training ('limit mean'; '-' where the limit learns directions too faint"
                    + " for floating point), after --steps ('exact mean'), and of the trained networks ('measured') with its"
                    + " standard error ('std error'); the error that 95 %% of all networks stay below, by theory ('exact 95 %%') and of"
                    + " the trained ones ('measured 95 %%').",
            "",
            "The second table has upper bounds on the error, each of which holds with probability 95 %%, the sharpest first:"
                    + " for this image alone, in closed form ('closed form': Chernoff's bound or a smaller one by convexity,"
                    + " 'chernoff' in the file); for all images at once, by each image's own patches ('all images'), and by"
                    + " its largest patch alone ('image'); one number for every image of this range of pixels ('uniform');"
                    + " and the order m(m/C - r)/C of Zhang et al. with its constants ('paper').",
            "",
            "The third table divides: every bound over 'exact 95 %%', and 'image' over 'measured' ('image/measured'). 'law"
                    + " error' is the relative error that is proved of 'exact 95 %%' itself. Theory is for Gaussian initial"
                    + " weights with the variance of --init. --csv writes all columns into one table."
        },
        footer = {"", "Example:", "  idem bounds --train builtin#3 --test builtin#5 --kernels 3,9,15 --networks 50"})
public final class BoundsCommand implements Callable<Integer> {
    private static final Printed KERNEL = new Printed(6, "kernel", "%d", KernelColumn.KERNEL::of);

    private static final List<Printed> ERRORS = List.of(
            KERNEL,
            new Printed(8, "unknowns", "%d", KernelColumn.UNKNOWNS::of),
            new Printed(5, "rank", "%d", KernelColumn.PATCH_RANK::of),
            new Printed(10, "limit mean", "%.4g", KernelColumn.LIMIT_MEAN::of),
            new Printed(10, "exact mean", "%.4g", KernelColumn.EXACT_MEAN::of),
            new Printed(10, "measured", "%.4g", KernelColumn.MEASURED_MEAN::of),
            new Printed(9, "std error", "%.2g", KernelColumn.STANDARD_ERROR::of),
            new Printed(10, "exact 95 %", "%.4g", KernelColumn.EXACT_QUANTILE::of),
            new Printed(13, "measured 95 %", "%.4g", KernelColumn.MEASURED_QUANTILE::of));

    private static final List<Printed> BOUNDS = List.of(
            KERNEL,
            new Printed(11, "closed form", "%.4g", KernelColumn.CLOSED_BOUND::of),
            new Printed(10, "all images", "%.4g", KernelColumn.ALL_IMAGES_BOUND::of),
            new Printed(9, "image", "%.4g", KernelColumn.IMAGE_BOUND::of),
            new Printed(9, "uniform", "%.4g", KernelColumn.UNIFORM_BOUND::of),
            new Printed(9, "paper", "%.4g", KernelColumn.PAPER_BOUND::of));

    private static final List<Printed> MULTIPLES = List.of(
            KERNEL,
            new Printed(11, "closed form", "%.3g", KernelColumn.CLOSED_BOUND::looseness),
            new Printed(10, "all images", "%.3g", KernelColumn.ALL_IMAGES_BOUND::looseness),
            new Printed(9, "image", "%.3g", KernelColumn.IMAGE_BOUND::looseness),
            new Printed(9, "uniform", "%.3g", KernelColumn.UNIFORM_BOUND::looseness),
            new Printed(9, "paper", "%.3g", KernelColumn.PAPER_BOUND::looseness),
            new Printed(9, "law error", "%.1e", row -> KernelColumn.LAW_BOUND.looseness(row) - 1),
            new Printed(14, "image/measured", "%.3g", row -> row.bounds().imageBound() / row.measuredMean()));

    @Option(
            names = "--train",
            paramLabel = "IMG",
            required = true,
            description = "training image: npy, npz, IDX or PNG, file#7 picks one")
    private String train = "";

    @Option(names = "--test", paramLabel = "IMG", required = true, description = "test image")
    private String test = "";

    @Option(names = "--kernels", paramLabel = "K", required = true, description = "odd sides, for instance 3,5,15")
    private List<String> kernels = List.of();

    @Option(
            names = "--init",
            paramLabel = "LAW",
            defaultValue = "pytorch",
            description = "law of the initial weights: gaussian, pytorch, uniform, xavier or he (default: pytorch)")
    private Initializer initializer = Initializer.PYTORCH;

    @Option(
            names = "--padding",
            paramLabel = "P",
            defaultValue = "same",
            description = "same, circular or valid (default: same)")
    private Padding padding = Padding.SAME;

    @Option(
            names = "--networks",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "networks to train for each kernel; 0 measures nothing, 1 gives no standard error (default: 200)")
    private int networks;

    @Option(
            names = "--steps",
            paramLabel = "T",
            defaultValue = "2000",
            description = "heavy-ball steps of each network (default: 2000)")
    private int steps;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "seed of the initial weights (default: 1)")
    private long seed;

    @Option(names = "--csv", paramLabel = "FILE", converter = OutputFile.class, description = "file for the table")
    private @Nullable Path csv;

    @Override
    public Integer call() throws Exception {
        Array image = images("--train", train);
        Array probe = images("--test", test);
        if (image.size(1) != probe.size(1)) {
            throw new BadInput(
                    "--test must have as many channels as --train, got " + probe.size(1) + " and " + image.size(1));
        }
        List<Integer> sides = sides();
        if (!initializer.isIndependent()) {
            throw new BadInput("--init must be a law of independent weights, of which alone the error's law is known: "
                    + List.of(Initializer.independent()) + ", got " + initializer);
        }
        KernelSweep.Effort effort = effort();
        FileArguments.checkOutput("--csv", csv);
        List<Cnn> candidates =
                sides.stream().map(kernel -> convolution(kernel, image, probe)).toList();
        print(ERRORS, Printed::head);
        List<KernelSweep.Row> rows = new ArrayList<>();
        for (Cnn cnn : candidates) {
            KernelSweep.Row row = row(cnn, image, probe, effort);
            print(ERRORS, printed -> printed.cell(row));
            rows.add(row);
        }
        print("upper bounds that hold with probability 95 %", BOUNDS, rows);
        print("the same bounds as multiples of exact 95 %", MULTIPLES, rows);
        if (csv != null) {
            CsvTable.of(columns(networks), rows).write(csv);
        }
        return ExitCode.DONE;
    }

    private KernelSweep.Effort effort() {
        try {
            return new KernelSweep.Effort(networks, steps, seed);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--networks, --steps: " + e.getMessage());
        }
    }

    /** A convolution of so many pixels' side that both images are large enough for. */
    private Cnn convolution(int kernel, Array image, Array probe) {
        try {
            Cnn cnn = new Cnn(image.size(1), image.size(1), kernel, padding, false);
            cnn.outputShape(image.shape());
            cnn.outputShape(probe.shape());
            return cnn;
        } catch (IllegalArgumentException e) {
            throw new BadInput("--kernels: " + e.getMessage());
        }
    }

    private KernelSweep.Row row(Cnn cnn, Array image, Array probe, KernelSweep.Effort effort) {
        String work = "kernel " + cnn.kernel();
        AtomicInteger done = new AtomicInteger();
        Terminal.progress(work);
        KernelSweep.Row row = KernelSweep.row(
                cnn,
                image,
                probe,
                initializer,
                effort,
                more -> Terminal.progress(work, done.addAndGet(more), networks, "networks trained"));
        Terminal.clearProgress();
        return row;
    }

    /** Split here: picocli warns on lines of its own where a quote stands in a list. */
    private List<Integer> sides() {
        List<Integer> sides = new ArrayList<>();
        for (String list : kernels) {
            for (String side : list.split(",")) {
                try {
                    sides.add(Integer.valueOf(side.strip()));
                } catch (NumberFormatException e) {
                    throw new BadInput(
                            "--kernels must be whole numbers with commas between them, but '" + side + "' is none");
                }
            }
        }
        if (sides.isEmpty()) {
            throw new BadInput("--kernels must name at least one side, got none");
        }
        return sides;
    }

    private static Array images(String option, String source) throws IOException {
        Array images = FileArguments.read(option, source, ImageSource::readImages);
        Magnitudes.checkInputs(option, source, images, Precision.FLOAT64);
        return FileArguments.numbers(option, source, images, Precision.FLOAT64);
    }

    private static void print(String title, List<Printed> columns, List<KernelSweep.Row> rows) {
        System.out.println();
        System.out.println(title);
        print(columns, Printed::head);
        rows.forEach(row -> print(columns, printed -> printed.cell(row)));
    }

    private static void print(List<Printed> columns, Function<Printed, String> cell) {
        System.out.println(columns.stream().map(cell).collect(Collectors.joining(" ")));
    }

    /**
     * A column on the screen.
     *
     * @param width in characters
     * @param heading at most as wide
     * @param format of a number
     * @param number in a row; NaN where too few networks were trained to give one, or where a bound of 0 meets an error
     *     of 0
     */
    private record Printed(int width, String heading, String format, Function<KernelSweep.Row, Number> number) {
        String head() {
            return padded(heading);
        }

        String cell(KernelSweep.Row row) {
            Number value = number.apply(row);
            return padded(Double.isNaN(value.doubleValue()) ? "-" : String.format(Locale.ROOT, format, value));
        }

        private String padded(String text) {
            return " ".repeat(Math.max(0, width - text.length())) + text;
        }
    }

    /** Columns of the file; a cell is empty where too few networks were trained to give a number. */
    private static List<Column<KernelSweep.Row>> columns(int networks) {
        return Stream.of(
                        KernelColumn.KERNEL.column(),
                        KernelColumn.UNKNOWNS.column(),
                        new Column<KernelSweep.Row>("rank", KernelColumn.PATCH_RANK::of),
                        KernelColumn.EXACT_MEAN.column(),
                        KernelColumn.LIMIT_MEAN.column(),
                        KernelColumn.EXACT_QUANTILE.column(),
                        KernelColumn.IMAGE_BOUND.column(),
                        KernelColumn.UNIFORM_BOUND.column(),
                        KernelColumn.MEASURED_MEAN.column(),
                        KernelColumn.STANDARD_ERROR.column(),
                        KernelColumn.MEASURED_QUANTILE.column(),
                        new Column<KernelSweep.Row>("networks", row -> networks),
                        new Column<KernelSweep.Row>(
                                "tightness_image", row -> row.bounds().imageBound() / row.measuredMean()),
                        new Column<KernelSweep.Row>(
                                "tightness_uniform", row -> row.bounds().uniformBound() / row.measuredMean()),
                        KernelColumn.CLOSED_BOUND.column(),
                        KernelColumn.ALL_IMAGES_BOUND.column(),
                        KernelColumn.PAPER_BOUND.column(),
                        KernelColumn.CLOSED_BOUND.loosenessColumn(),
                        KernelColumn.ALL_IMAGES_BOUND.loosenessColumn(),
                        KernelColumn.PAPER_BOUND.loosenessColumn())
                .map(column -> new Column<KernelSweep.Row>(
                        column.name(), row -> emptyIfNaN(column.cell().apply(row))))
                .toList();
    }

    private static Object emptyIfNaN(Object cell) {
        return cell.equals(Double.NaN) ? "" : cell;
    }
}
