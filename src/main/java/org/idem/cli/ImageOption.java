package org.idem.cli;

import java.io.IOException;
import java.util.List;
import org.idem.array.Precision;
import org.idem.image.DrawnImages;
import org.idem.image.GivenImages;
import org.idem.image.Image;
import org.idem.image.ImagePool;
import org.idem.image.ImageSource;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which images trials use. */
final class ImageOption {
    @Option(
            names = "--images",
            paramLabel = "FILE",
            description = "images to train and test on, resized as trials need: npy, npz, IDX or PNG, file#7 picks one"
                    + " (default: images that the program draws itself)")
    private @Nullable String images;

    private @Nullable List<Image> loaded;

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

    /** Trials also train in float32. */
    private static List<Image> given(String source) throws IOException {
        List<Image> given = FileArguments.read("--images", source, ImageSource::readAll);
        for (Image image : given) {
            FileArguments.numbers("--images", image.name(), image.pixels(), Precision.FLOAT32);
        }
        return given;
    }

    List<Theorem<?>> theorems() throws IOException {
        return images == null ? Theorems.list() : Theorems.over(pool());
    }

    /** What has to be added to a command so that it uses the same images. */
    String again() {
        return images == null ? "" : " --images '" + images + "'";
    }
}
