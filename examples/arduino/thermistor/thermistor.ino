// Prints the temperature once a second. A thermistor (10 kOhm at 25 degrees Celsius, B = 3950) lies between the supply and A0,
// 10 kOhm between A0 and ground. npm run example examples/node/thermistor.ts makes celsius.c and celsius.h.

#include "celsius.h"

void setup() {
  Serial.begin(115200);
}

void loop() {
  const float reading = analogRead(A0); // 0 to 1023
  float temperature;
  const unsigned long start = micros();
  celsius(&reading, &temperature);
  const unsigned long end = micros();
  Serial.print(temperature);
  Serial.print(" C, computed in ");
  Serial.print(end - start);
  Serial.println(" microseconds");
  delay(1000);
}
