package dev.wane.formats.config;

import dev.wane.formats.problem.Position;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a program takes where nothing is written, by its version: the file {@code defaults/PROGRAM.yaml}. Which versions
 * may have written the file is told by {@code --version-of} and by keys that only some of them know; of several values
 * the newest is taken, and the others are said with it.
 */
public final class Defaults {
    private static final List<String> PROGRAMS = List.of(
            "axolotl",
            "big_vision",
            "cerebras",
            "deepspeed",
            "detectron2",
            "dinov2",
            "dinov3",
            "dion",
            "djl",
            "dl4j",
            "fairseq",
            "keras",
            "lightning",
            "litgpt",
            "llamafactory",
            "maxtext",
            "megatron",
            "ms-swift",
            "nanogpt",
            "nanotron",
            "neox",
            "olmo",
            "openmmlab",
            "qlora",
            "tf-models",
            "timm",
            "torchtitan",
            "transformers",
            "trl",
            "ultralytics",
            "yolov5");

    private final String id;
    private final Lookup file;
    private final Sources sources;

    private Defaults(String id, Lookup file, Sources sources) {
        this.id = id;
        this.file = file;
        this.sources = sources;
    }

    /** The programs of which defaults are held, as their versions are given. */
    public static List<String> programs() {
        return PROGRAMS;
    }

    /** Of the versions that the sources may be of. */
    static Defaults of(String id, Sources sources) {
        String name = "defaults/" + id + ".yaml";
        try (InputStream in = Objects.requireNonNull(Defaults.class.getResourceAsStream(name), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Defaults(id, new Lookup((Node.Mapping) TreeReader.parse(name, text)), sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a program that has none. */
    static Defaults none() {
        return unknown("");
    }

    /** Of a program that has some, and nobody knows which. */
    static Defaults unknown(String program) {
        Node.Mapping nothing = new Node.Mapping(Position.option(), Map.of());
        return new Defaults(program, new Lookup(nothing), new Sources(nothing, List.of(), null, null));
    }

    /** Those of a program that runs beside this one. */
    Defaults beside(String other) {
        return of(other, sources);
    }

    /** A quantity that nobody wrote. */
    Quantity quantity(String name) {
        List<VersionSpan> spans = spans(name);
        VersionSpan range = range();
        List<VersionSpan> possible = spans.stream().filter(range::overlaps).toList();
        return possible.isEmpty()
                ? new Quantity(name, null, new Origin.Unresolved("it is not known what " + program() + " takes"))
                : new Quantity(name, possible.getLast().value(), new Origin.DefaultOf(program() + said(possible)));
    }

    /** A text that is the same in every version that is possible; null where it is not. */
    @Nullable
    String certain(String name) {
        List<VersionSpan> possible =
                spans(name).stream().filter(range()::overlaps).toList();
        return possible.size() == 1 ? possible.getFirst().written().text() : null;
    }

    /** A number that takes part in a schedule; NaN where it is none. */
    double number(String name) {
        return quantity(name).value() instanceof Double number ? number : Double.NaN;
    }

    /** With its version, where that is given. */
    String program() {
        String name = file.textOr(id, "program");
        Version version = sources.versions().get(release());
        return version == null ? name : name + " " + version;
    }

    /** What its version is a version of: several files may belong to one package. */
    private String release() {
        return file.textOr(id, "package");
    }

    private String said(List<VersionSpan> possible) {
        return possible.size() == 1
                ? possible.getFirst().versions()
                : possible.getLast().versions() + " ("
                        + possible.subList(0, possible.size() - 1).stream()
                                .map(VersionSpan::text)
                                .collect(Collectors.joining(", "))
                        + "; --version-of " + release() + "=VERSION decides)";
    }

    /** The version that is given; else those that know every key of the file. */
    private VersionSpan range() {
        Version version = sources.versions().get(release());
        if (version != null) {
            return VersionSpan.only(version);
        }
        Lookup written = new Lookup(sources.main());
        return file.section("keys").stream()
                .flatMap(keys -> keys.root().entries().entrySet().stream())
                .filter(entry -> written.has(entry.getKey()))
                .map(entry -> VersionSpan.of(entry.getValue().value()))
                .reduce(VersionSpan.EVERY, VersionSpan::and);
    }

    private List<VersionSpan> spans(String name) {
        if (file.root().entries().isEmpty()) {
            return List.of();
        }
        Node written = file.section("defaults")
                .flatMap(defaults -> defaults.find(name))
                .orElseThrow(() -> new IllegalArgumentException("defaults/" + id + ".yaml has no " + name))
                .value();
        return written instanceof Node.Sequence sequence
                ? sequence.items().stream().map(VersionSpan::of).toList()
                : List.of(new VersionSpan((Node.Scalar) written, null, null));
    }
}
