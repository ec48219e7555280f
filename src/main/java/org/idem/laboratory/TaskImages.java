package org.idem.laboratory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.idem.array.Array;
import org.idem.laboratory.plan.Group;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.plan.Task;

/** The images of a task as a parcel: the same for all tasks of equal digest. */
final class TaskImages {
    private TaskImages() {}

    /** Numbers of all images. */
    static double numbers(Task task) {
        double numbers = task.inputs().length() + task.targets().length();
        for (Task.Test test : task.tests()) {
            numbers += test.input().length() + test.target().length();
        }
        return numbers;
    }

    /** See {@link StudyResults.Images} for the arrays. */
    static Parcel of(Task task) {
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        ArrayNode tests = names.putArray("tests");
        ArrayNode groups = names.putArray("groups");
        Map<String, Array> arrays = new LinkedHashMap<>();
        arrays.put("train", task.inputs());
        arrays.put("target", task.targets());
        for (int i = 0; i < task.tests().size(); i++) {
            Task.Test test = task.tests().get(i);
            tests.add(test.name());
            groups.add(test.group().toString());
            arrays.put("input-" + i, test.input().slice(0));
            arrays.put("identity-" + i, test.target().slice(0));
        }
        return Parcel.of(names, arrays);
    }

    /** The task of a point on these images. */
    static Task task(Point point, Parcel images, String digest) {
        List<Task.Test> tests = new ArrayList<>();
        for (int i = 0; i < images.record().get("tests").size(); i++) {
            String group = images.record().get("groups").get(i).asText();
            tests.add(new Task.Test(
                    images.record().get("tests").get(i).asText(),
                    Group.valueOf(group.toUpperCase(Locale.ROOT)),
                    batch(array(images, "input-" + i)),
                    batch(array(images, "identity-" + i))));
        }
        return Task.of(point, array(images, "train"), array(images, "target"), tests, digest);
    }

    private static Array array(Parcel images, String name) {
        Array array = images.arrays().get(name);
        if (array == null) {
            throw new IllegalArgumentException("images of a task must hold " + name);
        }
        return array;
    }

    /** One image as a batch of one. */
    private static Array batch(Array image) {
        int[] shape = image.shape();
        int[] longer = new int[shape.length + 1];
        longer[0] = 1;
        System.arraycopy(shape, 0, longer, 1, shape.length);
        return image.reshape(longer);
    }
}
