package dev.wane.formats.preset;

import dev.wane.formats.Fields;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.NearestName;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The published recipes of {@code presets.yaml}. */
public final class Presets {
    private static final String FILE = "presets.yaml";
    private static final List<String> KEYS =
            List.of("title", "recipe", "notDecayed", "transferBy", "checked", "source", "note");

    private Presets() {}

    /** Every preset, in the order of the file. */
    public static List<Preset> all() {
        Node.Mapping root = (Node.Mapping) TreeReader.parse(FILE, text());
        Problems problems = new Problems();
        List<Preset> presets = new ArrayList<>();
        root.entries().forEach((id, entry) -> presets.add(preset(id, entry.value(), problems)));
        problems.throwIfAny();
        return List.copyOf(presets);
    }

    /**
     * A preset by name.
     *
     * @throws InputException if there is none, with the nearest name
     */
    public static Preset get(String id) {
        Problems problems = new Problems();
        Preset preset = read(id, problems);
        problems.throwIfAny();
        return preset;
    }

    /** A preset by name; where there is none, a problem with the nearest name, and the preset of that name. */
    public static Preset read(String id, Problems problems) {
        Map<String, Preset> byName = new LinkedHashMap<>();
        all().forEach(preset -> byName.put(preset.id(), preset));
        String nearest = NearestName.of(id, byName.keySet());
        if (!byName.containsKey(id)) {
            problems.add(
                    Position.option(),
                    "unknown preset '" + id + "'; did you mean '" + nearest + "'? Valid: "
                            + String.join(", ", byName.keySet()));
        }
        return Objects.requireNonNull(byName.get(byName.containsKey(id) ? id : nearest));
    }

    private static Preset preset(String id, Node node, Problems problems) {
        Fields fields = Fields.of(node, id, problems, KEYS);
        KEYS.stream().filter(key -> !key.equals("note")).forEach(key -> fields.require(key, id));
        problems.throwIfAny();
        return new Preset(
                id,
                Objects.requireNonNull(fields.text("title")),
                (Node.Mapping) fields.node("recipe").orElseThrow(),
                Objects.requireNonNull(fields.text("notDecayed")),
                Objects.requireNonNull(fields.text("transferBy")),
                fields.flag("checked"),
                Objects.requireNonNull(fields.text("source")),
                fields.has("note") ? Objects.requireNonNull(fields.text("note")) : "");
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(Presets.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }
}
