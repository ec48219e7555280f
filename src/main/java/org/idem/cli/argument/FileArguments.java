package org.idem.cli.argument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.idem.array.WholeFile;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.Terminal;
import org.idem.image.ImageSource;
import org.idem.image.Picture;
import org.idem.store.OwnFiles;
import org.jspecify.annotations.Nullable;

/** Rules for files named on the command line; each is checked before any work starts. */
public final class FileArguments {
    /** How the names of a report's files end. */
    private static final Set<String> REPORTS_OWN = Set.of("html", "csv");

    private FileArguments() {}

    /**
     * Rejects an output that has no folder to appear in, or cannot be written.
     *
     * @param option that names it
     * @param file null if the option is not given, which passes
     */
    public static void checkOutput(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        checkOutsideStores(option, file, file);
        Path place = Places.of(option, file);
        Path folder = place.getParent();
        if (folder == null || Files.isDirectory(place)) {
            throw new BadInput(option + " must name a file, but " + file + " is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw new BadInput(option + " must name a file in an existing folder, got " + file + "; "
                    + (Files.exists(folder) ? folder + " is a file" : "make the folder " + folder + " first"));
        }
        boolean device = WholeFile.isDevice(place);
        if (!Files.isWritable(device ? place : folder)) {
            throw new BadInput(option + " must name a file that may be written, but "
                    + (device ? file : "its folder " + folder) + " may not be");
        }
        if (!device) {
            try {
                if (Places.takesStandardOutput(place)) {
                    throw new BadInput(option + " must be another file than the one that standard output goes to, got "
                            + file + " for both; name a file of its own");
                }
                Places.tryFile(place, folder);
            } catch (IOException | UnsupportedOperationException refused) {
                throw Places.cannotBeWritten(option, file, refused);
            }
        }
    }

    /**
     * The same for an output that may also lie in a folder which will be made if it is missing.
     *
     * @param option that names it
     * @param file null if the option is not given, which passes
     * @param made folder, null if there is none
     */
    public static void checkOutput(String option, @Nullable Path file, @Nullable Path made) {
        if (file == null
                || made == null
                || !Files.notExists(made)
                || !Places.of(option, made).equals(Places.of(option, file).getParent())) {
            checkOutput(option, file);
            return;
        }
        try {
            Places.tryFolder(Places.existing(file), file.toAbsolutePath());
        } catch (IOException | UnsupportedOperationException refused) {
            throw Places.cannotBeWritten(option, file, refused);
        }
    }

    /**
     * The same for an output beside a report: it may lie in the report's folder, but must not be one of its files.
     *
     * @param option that names it
     * @param file null if the option is not given, which passes
     * @param report folder, null if there is none
     */
    public static void checkBesideReport(String option, @Nullable Path file, @Nullable Path report) {
        checkOutput(option, file, report);
        if (file != null && report != null && REPORTS_OWN.contains(suffix(file))) {
            Path place = Places.of(option, file);
            if (Places.of(option, report).equals(place.getParent())) {
                throw new BadInput(option + " must be another file than those of --report, which end with .html and"
                        + " .csv, got " + file + "; name one that ends with .json");
            }
        }
    }

    /**
     * Rejects an output that lands where another one does.
     *
     * @param option that names it
     * @param file null if the option is not given, which passes
     * @param other option of the other output
     * @param place of the other output
     * @throws IOException if it cannot be told where one of them lands
     */
    public static void checkDifferent(String option, @Nullable Path file, String other, Path place) throws IOException {
        if (file != null && WholeFile.same(file, place)) {
            throw new BadInput(option + " must be another file than " + other + ", got "
                    + (file.equals(place) ? file + " for both" : file + " and " + place + ", which are the same file"));
        }
    }

    /**
     * Says on stderr which images of a source are not taken, if there are any.
     *
     * @param option that names it
     * @param source as the user gave it
     */
    public static void sayLeftOut(String option, String source) {
        String said = ImageSource.leftOut(source);
        if (!said.isEmpty()) {
            Terminal.clearProgress();
            System.err.println("idem: " + option + " " + source + " " + said);
        }
    }

    /**
     * Folder of the project, which the launcher passes on.
     *
     * @return the current folder if it does not
     */
    public static Path home() {
        return Path.of(System.getProperty("idem.home", "."));
    }

    /**
     * Rejects a folder if it or a folder above it is a file, or if it cannot be written.
     *
     * @param option that names it
     * @param folder may be missing, and is missing afterwards
     */
    public static void checkFolder(String option, Path folder) {
        checkFolder(option, folder, folder);
    }

    /**
     * The same for a folder that belongs to a store.
     *
     * @param option that names it
     * @param folder may be missing, and is missing afterwards
     * @param store folder of a store that may still have to be made
     */
    public static void checkFolder(String option, Path folder, Path store) {
        if (folder.toString().isEmpty()) {
            throw new BadInput(option + " must name a folder, got nothing; . is the folder that you are in");
        }
        checkOutsideStores(option, folder, store);
        Path existing = Places.existing(folder);
        if (!Files.isDirectory(existing)) {
            throw new BadInput(option + " must name a folder, but " + existing + " is a file");
        }
        if (!Files.isWritable(existing)) {
            throw new BadInput(option + " must name a folder that may be written, but " + existing + " may not be; "
                    + option + " DIR names another");
        }
        try {
            Places.tryFolder(existing, folder.toAbsolutePath());
        } catch (IOException | UnsupportedOperationException refused) {
            throw new BadInput(option + " must name a folder that can be written, but " + folder + " cannot be"
                    + Places.reason(refused) + "; " + option + " DIR names another");
        }
    }

    /**
     * Rejects an output that would lie among the files of a store.
     *
     * @param option that names it
     * @param place may be missing
     * @param store folder of a store that may still have to be made
     */
    public static void checkOutsideStores(String option, Path place, Path store) {
        if (OwnFiles.hold(Places.of(option, place), Places.of(option, store))) {
            throw new BadInput(
                    option + " must not name what a store needs for itself, got " + place + "; name another place");
        }
    }

    /**
     * A way to read a source.
     *
     * @param <T> of what is read
     */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * Reads.
         *
         * @param source as the user wrote it
         * @return what was read
         * @throws IOException if reading fails
         */
        T of(String source) throws IOException;
    }

    /**
     * Reads the source that an option names; an error message then names the option as well as the file.
     *
     * @param option that names it
     * @param source as the user wrote it
     * @param reading how it is read
     * @param <T> of what is read
     * @return what was read
     * @throws IOException if reading fails
     */
    public static <T> T read(String option, String source, Reading<T> reading) throws IOException {
        try {
            return reading.of(source);
        } catch (DataFormatException wrong) {
            throw new BadInput(option + ": " + wrong.getMessage());
        }
    }

    /**
     * Rejects an output for an array unless its name ends with the name of a format. Pipes and devices may have any
     * name; npy is written to them.
     *
     * @param option that names it
     * @param file null if the option is not given, which passes
     * @param images whether the array may be written as a picture
     */
    public static void checkArray(String option, @Nullable Path file, boolean images) {
        checkOutput(option, file);
        if (file == null || WholeFile.isDevice(file)) {
            return;
        }
        String suffix = suffix(file);
        if (suffix.equals("png") && !images) {
            throw new BadInput(option + " can be a picture (.png) only where a cnn has images as outputs, got " + file
                    + "; .npy and .npz hold any array");
        }
        if (!List.of("npy", "npz", "png").contains(suffix)) {
            throw new BadInput(
                    option + " must end with " + (images ? ".npy, .npz or .png" : ".npy or .npz") + ", got " + file);
        }
    }

    /**
     * Rejects an output for a picture unless its name ends with .png; pipes and devices may have any name.
     *
     * @param option that names it
     * @param file null if the option is not given, which passes
     */
    public static void checkPicture(String option, @Nullable Path file) {
        checkOutput(option, file);
        if (file != null && !suffix(file).equals("png") && !WholeFile.isDevice(file)) {
            throw new BadInput(option + " must end with .png, got " + file);
        }
    }

    private static String suffix(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * Writes an output in the format that its file's name says: npz with one array of the given name, a picture, else
     * npy. For a picture, says on standard output what black and white mean.
     *
     * @param file whose name {@link #checkArray} has accepted
     * @param name of the array in an archive
     * @param array of any shape; for a picture images
     * @param precision format of the numbers
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, String name, Array array, Precision precision) throws IOException {
        write(file, array, Map.of(file, content(file, name, array, precision)));
    }

    /**
     * The same together with a second file: if one cannot be written, neither is.
     *
     * @param file whose name {@link #checkArray} has accepted
     * @param name of the array in an archive
     * @param array of any shape; for a picture images
     * @param precision format of the numbers
     * @param second null if its option is not given
     * @param content of the second file, asked for only if there is one
     * @throws IOException if one cannot be written
     */
    public static void write(
            Path file,
            String name,
            Array array,
            Precision precision,
            @Nullable Path second,
            Function<Path, WholeFile.Content> content)
            throws IOException {
        Map<Path, WholeFile.Content> all = new LinkedHashMap<>();
        all.put(file, content(file, name, array, precision));
        if (second != null) {
            all.put(second, content.apply(second));
        }
        write(file, array, all);
    }

    private static void write(Path file, Array array, Map<Path, WholeFile.Content> all) throws IOException {
        WholeFile.writeAll(all);
        if (suffix(file).equals("png")) {
            System.out.println("picture        0 is black, 1 is white; " + Picture.cutOff(array) + " of "
                    + array.length() + " numbers lie beyond and are cut off");
        }
    }

    /**
     * Bytes of an output in the format that its file's name says.
     *
     * @param file whose name {@link #checkArray} has accepted
     * @param name of the array in an archive
     * @param array of any shape; for a picture images
     * @param precision format of the numbers
     * @return writes them
     */
    public static WholeFile.Content content(Path file, String name, Array array, Precision precision) {
        return switch (suffix(file)) {
            case "npz" -> NpzFile.content(List.of(name), member -> new NpyFile.Content(array, precision));
            case "png" -> out -> out.write(Picture.of(array));
            default -> NpyFile.content(array, precision);
        };
    }

    /**
     * Returns an array if its numbers can be computed with: below 2²⁴⁰ the squares of products stay finite, and sums of
     * as many of them as an array holds.
     *
     * @param option that names it
     * @param source as the user wrote it
     * @param array of any shape, not changed
     * @param precision of the training
     * @return the array
     * @throws BadInput naming the first number that is too large or none
     */
    public static Array numbers(String option, String source, Array array, Precision precision) {
        double largest = precision == Precision.FLOAT32 ? Float.MAX_VALUE : 0x1p240;
        for (int i = 0; i < array.length(); i++) {
            double value = array.values()[i];
            if (!(Math.abs(value) <= largest)) {
                throw new BadInput(option + " must hold " + precision + " numbers of magnitude at most " + largest
                        + ", got " + value + " at position " + i + " of " + source);
            }
        }
        return array;
    }
}
