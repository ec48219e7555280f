package org.idem.cli.theorem;

import java.util.LinkedHashMap;
import java.util.Map;
import org.idem.space.Dimension;

/** Explains axes of the program's theorems, of which a list prints names and values. */
final class AxisNotes {
    private static final Map<String, String> NOTES = new LinkedHashMap<>();

    static {
        NOTES.put("height ", "rows of the images, in pixels");
        NOTES.put("width ", "columns of the images, in pixels");
        NOTES.put("channels ", "channels of the images");
        NOTES.put("kernel ", "side of the kernels, in pixels");
        NOTES.put("padding ", "same sees zeros beyond the border, circular the opposite side, valid nothing");
        NOTES.put("image ", "kind of the training images");
        NOTES.put("examples ", "number of training examples");
        NOTES.put("depth ", "number of layers");
        NOTES.put("units ", "units or channels of a hidden layer");
        NOTES.put("steps ", "steps of training");
        NOTES.put("horizon ", "whether training ends after some steps or goes on to its limit");
        NOTES.put("rate ", "learning rate, in units of one that is stable");
        NOTES.put("momentum ", "share of the last step that the next one repeats");
        NOTES.put("decay ", "weight decay");
        NOTES.put("loss ", "of the squared errors: half their sum, their sum or their mean");
        NOTES.put("initializer ", "law of the initial weights");
        NOTES.put("precision ", "arithmetic of training");
        NOTES.put("engine ", "what trains; nd4j is the slow witness, which uses ND4J's own operations");
        NOTES.put(
                "data ", "the last example: independent, equal to another, a mean of two, or nearly equal to another");
        NOTES.put("contrast ", "patches of a faint image are nearly equal");
        NOTES.put("brightness ", "centred subtracts the mean pixel");
        NOTES.put("outputs equal", "their number, compared with the inputs or channels");
        NOTES.put("test worst", "the test image: the worst one for the network, or one that was drawn before");
        NOTES.put("test drawn", "the test image: a drawn one, or the training image");
        NOTES.put("shortcut ", "whether layers add their input to their output");
        NOTES.put("spare ", "hidden units or channels beyond those that are needed");
        NOTES.put("across ", "what a layer does across the path, in units of its strength");
    }

    private AxisNotes() {}

    /**
     * An axis with its values and what they mean.
     *
     * @param dimension of one of the program's theorems
     * @return its description, with a note in brackets where the name does not say enough
     */
    static String explained(Dimension dimension) {
        String described = dimension.describe();
        return NOTES.entrySet().stream()
                .filter(note -> described.startsWith(note.getKey()))
                .findFirst()
                .map(note -> described + " (" + note.getValue() + ")")
                .orElse(described);
    }
}
