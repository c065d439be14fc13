/* Runs a fuzz target over the files given: the corpus as a plain test. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The buffer is as long as the file, so that a sanitizer sees a read past its end. */
static int
run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	long n = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
	uint8_t *data = n >= 0 ? malloc((size_t)n + !n) : NULL;
	int good = data && fseek(f, 0, SEEK_SET) == 0 &&
		   fread(data, 1, (size_t)n, f) == (size_t)n;
	if (good)
		LLVMFuzzerTestOneInput(data, (size_t)n);
	else
		fprintf(stderr, "%s: cannot be read\n", path);
	free(data);
	if (f)
		fclose(f);
	return good ? 0 : 1;
}

int
main(int argc, char **argv)
{
	int bad = 0;
	for (int i = 1; i < argc; i++)
		bad += run_file(argv[i]);
	printf("%s: %d files\n", argv[0], argc - 1);
	return bad != 0;
}
