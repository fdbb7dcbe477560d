/* Start of a program on an emulated Cortex-M4 (QEMU's mps2-an386), and its way to the host by semihosting. */

#include <stdint.h>

extern uint32_t stack_top, data_load, data_start, data_end, bss_start, bss_end;
int main(void);

static int host(int operation, const void *argument) {
  register int r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

/* Bytes to the standard output of the emulator. */
void put(const void *bytes, int size) {
  static int output = -1;
  const uint32_t open[] = {(uint32_t) ":tt", 5, 3}; /* "wb" */
  if (output < 0) output = host(0x01, open);
  const uint32_t write[] = {(uint32_t)output, (uint32_t)bytes, (uint32_t)size};
  host(0x05, write);
}

void start(void) {
  for (uint32_t *from = &data_load, *to = &data_start; to < &data_end;) *to++ = *from++;
  for (uint32_t *to = &bss_start; to < &bss_end;) *to++ = 0;
  *(volatile uint32_t *)0xe000ed88 |= 0xf << 20; /* the floating-point unit */
  __asm__ volatile("dsb; isb");
  main();
  host(0x18, (const void *)0x20026); /* the end, without an error */
}

__attribute__((section(".vectors"), used)) static const struct {
  const void *stack;
  void (*reset)(void);
} vectors = {&stack_top, start};
