package org.idem.cli.theorem;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.Nearest;
import org.idem.cli.terminal.BadInput;
import org.idem.image.DrawnImages;
import org.idem.image.GivenImages;
import org.idem.image.Image;
import org.idem.image.ImagePool;
import org.idem.image.ImageSource;
import org.idem.theorem.Theorem;
import org.idem.theorem.TheoremLoader;
import org.idem.theorem.Theorems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which theorems there are, and which images their trials use. */
public final class TheoremOptions {
    /**
     * Learning rates of trials go down to the inverse fourth power of an image's size, in float32 down to 2⁻¹²⁶. With
     * this number and its inverse as the largest pixels, powers leave 2³⁰ for the number of pixels, examples and units.
     */
    private static final double LARGEST_PIXEL = 0x1p24;

    @Option(
            names = "--images",
            paramLabel = "FILE",
            description = "images to train and test on, resized as trials need: npy, npz, IDX or PNG, file#7 picks one"
                    + " (default: images that the program draws itself)")
    private @Nullable String images;

    @Option(
            names = "--classpath",
            paramLabel = "PATH",
            description = "theorems of your own: jars or folders of classes, separated as in a Java class path")
    private @Nullable String classpath;

    private @Nullable List<Image> loaded;
    private @Nullable List<Theorem<?>> own;

    /** Nothing is read yet. */
    public TheoremOptions() {}

    /**
     * Whether the user gave any of these options.
     *
     * @return false if all have their defaults
     */
    public boolean areGiven() {
        return images != null || classpath != null;
    }

    /** As the user wrote it. */
    @Nullable
    String imagesWord() {
        return images;
    }

    /** As the user wrote it. */
    @Nullable
    String classpathWord() {
        return classpath;
    }

    /** Options as if the user had written these words. */
    TheoremOptions with(@Nullable String otherImages, @Nullable String otherClasspath) {
        TheoremOptions other = new TheoremOptions();
        other.images = otherImages;
        other.classpath = otherClasspath;
        return other;
    }

    ImagePool pool() throws IOException {
        return images == null ? ImagePool.DRAWN : new GivenImages(images, pictures());
    }

    /** Images for a report to show at full size: one to train on, one to test. */
    List<Image> pictures() throws IOException {
        if (loaded == null) {
            loaded = images == null ? DrawnImages.standardSet().subList(3, 5) : given(images);
        }
        return loaded;
    }

    /** The user's images. */
    private static List<Image> given(String source) throws IOException {
        List<Image> given = FileArguments.read("--images", source, ImageSource::readAll);
        given.forEach(TheoremOptions::checkMagnitude);
        return given;
    }

    private static void checkMagnitude(Image image) {
        double[] pixels = image.pixels().values();
        int brightest = 0;
        for (int i = 0; i < pixels.length; i++) {
            brightest = Math.abs(pixels[i]) > Math.abs(pixels[brightest]) ? i : brightest;
        }
        double size = Math.abs(pixels[brightest]);
        if (size > LARGEST_PIXEL || size > 0 && size < 1 / LARGEST_PIXEL) {
            throw new BadInput("--images must hold images that are 0 or whose largest pixel has a magnitude from "
                    + 1 / LARGEST_PIXEL + " to " + LARGEST_PIXEL
                    + ", because some trials form fourth powers of pixels in float32; got " + pixels[brightest]
                    + " at position " + brightest + " of " + image.name() + ": give the image in another unit");
        }
    }

    /** The theorems of the class path; none if the option is not given. */
    List<Theorem<?>> own() throws IOException {
        if (classpath == null) {
            return List.of();
        }
        if (own == null) {
            try {
                own = TheoremLoader.load(classpath());
            } catch (IllegalArgumentException e) {
                throw new BadInput("--classpath " + e.getMessage());
            }
        }
        return own;
    }

    /** Jars and folders that the user named. */
    List<Path> classpath() {
        return classpath == null
                ? List.of()
                : Stream.of(classpath.split(File.pathSeparator)).map(Path::of).toList();
    }

    /** The program's theorems and then those of the class path. */
    List<Theorem<?>> theorems() throws IOException {
        List<Theorem<?>> theorems = new ArrayList<>(images == null ? Theorems.list() : Theorems.over(pool()));
        theorems.addAll(own());
        return theorems;
    }

    /**
     * The theorems that a command without any identifier means: those of the class path if it is given, otherwise all.
     */
    List<Theorem<?>> meant() throws IOException {
        return classpath == null ? theorems() : own();
    }

    /** One of them. */
    Theorem<?> find(String id) throws IOException {
        List<Theorem<?>> theorems = theorems();
        return Theorems.find(theorems, id).orElseThrow(() -> unknown(id, theorems));
    }

    /**
     * The theorems that a command names, each once. An identifier also means those that continue it after a dot.
     * Identifiers are separated by spaces or commas.
     */
    List<Theorem<?>> chosen(List<String> ids) throws IOException {
        if (ids.isEmpty()) {
            return meant();
        }
        List<Theorem<?>> all = theorems();
        List<Theorem<?>> chosen = new ArrayList<>();
        for (String id :
                ids.stream().flatMap(word -> Stream.of(word.split(",", -1))).toList()) {
            List<Theorem<?>> family = all.stream()
                    .filter(theorem -> theorem.id().equals(id) || theorem.id().startsWith(id + "."))
                    .toList();
            if (family.isEmpty()) {
                throw unknown(id, all);
            }
            chosen.addAll(family);
        }
        return chosen.stream().distinct().toList();
    }

    private static BadInput unknown(String id, List<Theorem<?>> theorems) {
        List<String> known = theorems.stream().map(Theorem::id).toList();
        // what stands before a dot names a family
        List<String> names = theorems.stream()
                .flatMap(theorem -> Stream.of(theorem.id(), theorem.id().split("\\.", 2)[0]))
                .toList();
        return new BadInput("THEOREM must be a known identifier, got '" + id + "'" + Nearest.hint(id, names)
                + "; known: " + String.join(", ", known));
    }

    /** The options that make another command use the same images and theorems. */
    String again() {
        return (images == null ? "" : " --images '" + images + "'")
                + (classpath == null ? "" : " --classpath '" + classpath + "'");
    }
}
