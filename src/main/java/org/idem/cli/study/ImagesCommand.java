package org.idem.cli.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.idem.array.Array;
import org.idem.array.WholeFile;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.image.ContactSheet;
import org.idem.image.Image;
import org.idem.image.ImageSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a file of images, or the program itself, holds. */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the images of a file, and draws them on one sheet.",
            "",
            "Columns: number, counted from 0 as in FILE#7; name; channels x height x width; least and largest pixel, their"
                    + " mean, over all channels. Pixels of IDX and PNG files lie in [0, 1]; numbers of npy and npz files are"
                    + " taken as they are."
        },
        footer = {
            "",
            "Examples:",
            "  idem images",
            "  idem images digits.gz --out digits.png --most 100",
            "  idem images scans.npz:test#2"
        })
public final class ImagesCommand implements Callable<Integer> {
    private static final int MOST_ON_A_SHEET = 10_000;
    private static final Pattern NUMBERED = Pattern.compile(".*#([0-9]+)", Pattern.DOTALL);

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "builtin",
            description =
                    "npy, npz, IDX or PNG; FILE#7 picks one, FILE.npz:name an array of an archive; default: builtin, the"
                            + " drawn images, of which other commands take those of the first size by builtin#3 and all by"
                            + " builtin:NAME")
    private String source = "builtin";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            converter = OutputFile.class,
            description =
                    "sheet (.png) of the listed images in rows; 0 is black, 1 is white, three channels are red, green and"
                            + " blue")
    private @Nullable Path out;

    @Option(names = "--most", paramLabel = "N", defaultValue = "400", description = "images to list (default: 400)")
    private int most;

    @Override
    public Integer call() throws IOException {
        if (most < 1 || most > MOST_ON_A_SHEET) {
            throw new BadInput("--most must be a whole number from 1 to " + MOST_ON_A_SHEET + ", got " + most);
        }
        FileArguments.checkPicture("--out", out);
        List<Image> all = FileArguments.read("FILE", source, ImageSource::readEvery);
        List<Image> listed = all.subList(0, Math.min(most, all.size()));
        byte[] sheet = out == null ? new byte[0] : sheet(listed);
        int names = Math.max(
                4,
                listed.stream().mapToInt(image -> image.name().length()).max().orElse(0));
        row(names, "number", "name", "shape", "least", "largest", "mean");
        for (int i = 0; i < listed.size(); i++) {
            Image image = listed.get(i);
            Array pixels = image.pixels();
            double[] values = pixels.values();
            row(
                    names,
                    number(image.name(), i),
                    image.name(),
                    pixels.size(0) + "x" + pixels.size(1) + "x" + pixels.size(2),
                    number(Arrays.stream(values).min().orElse(0)),
                    number(Arrays.stream(values).max().orElse(0)),
                    number(mean(values)));
        }
        if (listed.size() < all.size()) {
            System.out.println(all.size() - listed.size() + " more images are not listed; --most N lists more");
        }
        if (out != null) {
            WholeFile.write(out, file -> file.write(sheet));
        }
        return ExitCode.DONE;
    }

    /** The number by which FILE#7 reaches an image: its own, if its name ends with one. */
    private static String number(String name, int place) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? numbered.group(1) : Integer.toString(place);
    }

    private byte[] sheet(List<Image> images) {
        try {
            return ContactSheet.of(images);
        } catch (IllegalArgumentException tooLarge) {
            throw new BadInput("--out: " + tooLarge.getMessage() + "; --most N draws fewer");
        }
    }

    /** Each summand is divided, so that no sum of finite numbers overflows. */
    private static double mean(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        return mean;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static void row(int names, String... cells) {
        System.out.printf(Locale.ROOT, "%6s  %-" + names + "s  %-10s %10s %10s %10s%n", (Object[]) cells);
    }
}
