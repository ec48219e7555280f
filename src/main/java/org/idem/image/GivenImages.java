package org.idem.image;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;

/**
 * The user's images, resized to the requested size by averaging over areas.
 *
 * @param source how the command line names them
 * @param images at least one
 */
public record GivenImages(String source, List<Image> images) implements ImagePool {
    /** Checks that there are images. */
    public GivenImages {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a pool needs at least one image, got none from " + source);
        }
    }

    @Override
    public List<String> kinds() {
        return List.of("given");
    }

    /** An image with fewer channels than requested repeats its own in order. */
    @Override
    public Array draw(int kind, int channels, int height, int width, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Image image = images.get(random.integer(0, images.size() - 1));
        Image resized = Resizing.byArea(image, height, width);
        List<Array> planes = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            int own = channel % image.channels();
            planes.add(resized.pixels().slices(own, own + 1));
        }
        return ImagePool.onGrid(Array.concatenate(planes).reshape(1, channels, height, width));
    }
}
