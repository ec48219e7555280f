package org.idem.laboratory;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.idem.array.Array;
import org.idem.store.Store;

/** Arrays of the store; images are read once. */
final class LaboratoryArrays implements StudyResults.Arrays {
    private final Store store;
    private final Map<String, Optional<StudyResults.Images>> images = new HashMap<>();

    LaboratoryArrays(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Map<String, Array>> ofRun(String key) throws IOException {
        return store.arrays(key).filter(arrays -> !arrays.isEmpty());
    }

    @Override
    public Optional<StudyResults.Images> images(String digest) throws IOException {
        Optional<StudyResults.Images> known = images.get(digest);
        if (known == null) {
            known = imagesOf(Laboratory.IMAGES + digest);
            images.put(digest, known);
        }
        return known;
    }

    private Optional<StudyResults.Images> imagesOf(String key) throws IOException {
        Optional<JsonNode> names = store.record(key);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StudyResults.Images(
                words(names.get().get("tests")),
                words(names.get().get("groups")),
                store.arrays(key).orElseThrow()));
    }

    private List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }
}
