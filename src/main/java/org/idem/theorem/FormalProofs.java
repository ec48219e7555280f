package org.idem.theorem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a proof assistant has checked, read from the record that the audit of {@code proofs/} writes. */
public final class FormalProofs {
    private static final Map<String, FormalProof> RECORDED = read();

    private FormalProofs() {}

    /**
     * The formal proof of a theorem.
     *
     * @param id of the theorem or page, for instance T1.steps
     * @return what is checked of it; nothing if the audit does not know it
     */
    public static FormalProof of(String id) {
        return RECORDED.getOrDefault(id, new FormalProof(id, "", List.of(), ""));
    }

    /**
     * All entries of the audit.
     *
     * @return in the order of the record
     */
    public static List<FormalProof> list() {
        return List.copyOf(RECORDED.values());
    }

    private static Map<String, FormalProof> read() {
        try (InputStream in = FormalProofs.class.getResourceAsStream("checked.json")) {
            if (in == null) {
                throw new IllegalStateException("checked.json is missing from the program");
            }
            Map<String, FormalProof> proofs = new LinkedHashMap<>();
            for (JsonNode entry : new ObjectMapper().readTree(in).get("entries")) {
                List<FormalProof.Checked> checked = new ArrayList<>();
                for (JsonNode theorem : entry.get("theorems")) {
                    checked.add(new FormalProof.Checked(
                            theorem.get("name").asText(),
                            theorem.get("says").asText(),
                            theorem.get("assumes").asText(),
                            theorem.get("scalars").asText(),
                            theorem.get("axioms").asText()));
                }
                String id = entry.get("id").asText();
                proofs.put(
                        id,
                        new FormalProof(
                                id,
                                entry.get("file").asText(""),
                                checked,
                                entry.get("notChecked").asText()));
            }
            return proofs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
