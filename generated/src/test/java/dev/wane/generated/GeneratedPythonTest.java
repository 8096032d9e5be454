package dev.wane.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wane.convert.Conversion;
import dev.wane.formats.code.GeneratedCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ten steps that conversions to Python frameworks come with, run on those frameworks where WANE_PYTHON has them. */
class GeneratedPythonTest {
    /** Frameworks whose absence is a failure, and no reason to skip. */
    private static final List<String> REQUIRED = List.of(
            Objects.requireNonNullElse(System.getenv("WANE_REQUIRE_PYTHON"), "").split(","));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "torch, torch",
        "keras, keras",
        "optax, optax.contrib",
        "hf, 'transformers.trainer, accelerate'",
        "timm, timm.optim"
    })
    void tenStepsAgree(String framework, String modules) throws Exception {
        String given = System.getenv("WANE_PYTHON");
        assumeTrue(given != null && !given.isEmpty(), "WANE_PYTHON names no Python with pytest and " + modules);
        boolean present = python("-c", "import pytest, " + modules) == 0;
        assertThat(present || !REQUIRED.contains(framework))
                .as("WANE_PYTHON lacks pytest or " + modules)
                .isTrue();
        assumeTrue(present, "WANE_PYTHON lacks pytest or " + modules);
        List<String> scripts =
                Conversions.into(framework).flatMap(GeneratedPythonTest::script).toList();
        for (int i = 0; i < scripts.size(); i++) {
            Files.writeString(folder.resolve("test_" + framework + i + ".py"), scripts.get(i));
        }

        int exit = python("-m", "pytest", "-q", "-p", "no:cacheprovider", ".");

        assertThat(scripts).isNotEmpty();
        assertThat(Files.readString(folder.resolve("output.txt"))).contains(scripts.size() + " passed");
        assertThat(exit).isZero();
    }

    private static Stream<String> script(Conversion conversion) {
        String code = GeneratedCode.test(conversion).orElseGet(() -> GeneratedCode.of(conversion));
        return Stream.of(code).filter(text -> text.contains("def test_ten_steps"));
    }

    private int python(String... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of(System.getenv("WANE_PYTHON")), Stream.of(arguments))
                .toList();
        ProcessBuilder python = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        python.environment().put("KERAS_BACKEND", "jax");
        Process process = python.start();
        assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
